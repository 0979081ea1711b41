"""All rules, by area. A new module of rules is added to AREAS."""

from dataclasses import replace
from types import ModuleType

from ..model import Rule
from . import (
    backups,
    compute,
    customer_keys,
    deletion,
    edge,
    encryption_at_rest,
    encryption_in_transit,
    exposure,
    iam,
    ignored_changes,
    listeners,
    logging,
    placement,
    resource_policies,
    s3,
    secrets,
    security_groups,
    tags,
    tasks,
)

AREAS = (
    placement,
    exposure,
    security_groups,
    edge,
    s3,
    resource_policies,
    encryption_at_rest,
    customer_keys,
    encryption_in_transit,
    listeners,
    secrets,
    iam,
    tasks,
    compute,
    backups,
    deletion,
    logging,
    tags,
    ignored_changes,
)


def _heading(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].replace("_", " ")


RULES: tuple[Rule, ...] = tuple(replace(rule, area=_heading(area)) for area in AREAS for rule in area.RULES)

__all__ = ["AREAS", "RULES"]
