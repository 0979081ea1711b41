"""Fixtures of every rule: what passes, what fails, what cannot be determined."""

from tests.policy.cases import (
    access,
    buckets,
    delivery,
    encryption,
    exposure,
    groups,
    operations,
    placement,
    retention,
    transit,
)
from tests.policy.support import Cases

MODULES = (access, buckets, delivery, encryption, exposure, groups, operations, placement, retention, transit)
CASES: dict[str, Cases] = {item.rule: item for module in MODULES for item in module.CASES}
