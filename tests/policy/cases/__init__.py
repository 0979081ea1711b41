"""Fixtures of every rule: what passes, what fails, what cannot be told."""

from tests.policy.cases import access, data, delivery, network, operations
from tests.policy.support import Cases

CASES: dict[str, Cases] = {
    item.rule: item for module in (access, data, delivery, network, operations) for item in module.CASES
}
