"""Every role is assumed for the stack's own account only, where the service says for whom it acts."""

from __future__ import annotations

from typing import Any

import pytest

from preview.plan import Plan
from tests.stacks import FILES, SMALL, planned, varied
from tests.systems.lines import document

# AWS documents for each of them that they name the account; for others it must not be relied on.
NAMING = {"amplify", "ecs-tasks", "events", "monitoring.rds", "scheduler", "states", "vpc-flow-logs"}
INSTANCES = {"ec2"}
"""Roles of EC2's instances, which only the account's own can have."""


def with_everything() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["observability"]["slack"] = {"workspace_id": "T0EXAMPLE1", "channel_id": "C0EXAMPLE1"}
        areas["data"]["backup"] = {}
        areas["data"]["postgres"]["main"] |= {"backup_plan": True, "proxy": {}}
        areas["compute"]["services"]["api"]["deploy"] = {"strategy": "blue-green"}

    return varied(SMALL, change)


def trusts(plan: Plan) -> dict[str, dict[str, Any]]:
    """The conditions of each role, by its name and who assumes it."""
    found = {}
    for role in plan.phases["deployed"].of_type("aws:iam/role:Role"):
        (statement,) = document(role, "assumeRolePolicy")["Statement"]
        (service,) = statement["Principal"]["Service"]
        found[f"{role.name} {service.removesuffix('.amazonaws.com')}"] = statement.get("Condition", {})
    return found


def wrong(plan: Plan) -> list[str]:
    faults = []
    for role, condition in trusts(plan).items():
        service = role.split()[1]
        test = "StringEquals" if service in NAMING else "StringEqualsIfExists"
        if service not in INSTANCES and condition.get(test, {}).get("aws:SourceAccount") != "123456789012":
            faults.append(role)
    return faults


@pytest.mark.parametrize("name", [str(file) for file in FILES])
def test_in_every_shipped_stack(name: str) -> None:
    assert wrong(planned(name)) == []


def test_of_every_service_that_has_a_role() -> None:
    plan = with_everything()
    services = {role.split()[1] for role in trusts(plan)}
    assert services >= {"backup", "chatbot", "ecs", "ecs-tasks", "events", "rds", "states", "vpc-flow-logs"}
    assert wrong(plan) == []
