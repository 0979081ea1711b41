"""Checks the records of a plan against the operations of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from preview.plan import Record
from tests.aws_models.fault import Fault
from tests.aws_models.names import with_automatic_names
from tests.aws_models.table import OPERATIONS
from tests.aws_models.walk import Walk

__all__ = ["Verdict", "check", "check_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of one record: its faults, and which properties had a member to be checked against."""

    record: Record
    faults: tuple[Fault, ...] = ()
    checked: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()


def check(record: Record) -> Verdict:
    """Check one record; a type that is not in the table has a verdict without checked properties."""
    operation = OPERATIONS.get(record.type)
    if operation is None:
        return Verdict(record=record)
    walk = Walk(operation=operation, kind=record.type.rpartition(":")[2])
    faults = tuple(
        Fault.of(found, record.urn, secret=_secret_path(found.path, record.secret))
        for found in walk.inputs(with_automatic_names(record))
    )
    return Verdict(record=record, faults=faults, checked=tuple(walk.checked), unmapped=tuple(walk.unmapped))


def check_all(records: Iterable[Record]) -> list[Verdict]:
    """Check every custom resource; components are none, and neither are providers."""
    return [check(r) for r in records if r.custom and not r.type.startswith("pulumi:providers:")]


def _secret_path(path: str, secrets: tuple[str, ...]) -> str | None:
    """How much of a path may be shown if it is secret, lies within a secret value or holds one; else None."""
    for secret in secrets:
        if _within(path, secret):
            return secret
        if _within(secret, path):
            return path
    return None


def _within(path: str, outer: str) -> bool:
    return re.match(rf"{re.escape(outer)}(?:[.\[]|\Z)", path) is not None
