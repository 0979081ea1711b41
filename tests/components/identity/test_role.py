"""Roles: who may assume one, and exactly what it may do."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.identity.role import Role, RoleArgs
from components.values import Permission
from preview.plan import Plan
from tests.recording import children, one, record

ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/rolePolicy:RolePolicy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
READ = Permission(
    actions=["kms:Decrypt"],
    resources=["arn:aws:kms:us-east-1:123456789012:key/1"],
    conditions={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}},
)
MANAGED = ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"]


def role(**args: Any) -> Plan:
    def program() -> None:
        worker = Role("worker", RoleArgs(service="ecs-tasks.amazonaws.com", description="Works", **args))
        pulumi.export("arn", worker.arn)
        pulumi.export("name", worker.name)
        pulumi.export("policies", [resource.urn for resource in worker.policies])

    return record(program)


def test_without_permissions_there_is_no_policy() -> None:
    plan = role()
    for phase in plan.phases.values():
        assert children(phase) == [(ROLE, "worker")]
        assert one(phase, ROLE).inputs["description"] == "Works"
    assert plan.phases["deployed"].outputs["policies"] == []


def test_children() -> None:
    plan = role(permissions=[READ], managed_policies=MANAGED)
    for phase in plan.phases.values():
        assert children(phase) == [
            (ROLE, "worker"),
            (POLICY, "worker-policy"),
            (ATTACHMENT, "worker-managed-0"),
            (ATTACHMENT, "worker-managed-1"),
        ]
    deployed = plan.phases["deployed"]
    worker = one(deployed, ROLE)
    assert one(deployed, POLICY).inputs["role"] == worker.id
    assert [record.inputs["policyArn"] for record in deployed.of_type(ATTACHMENT)] == MANAGED
    assert {record.inputs["role"] for record in deployed.of_type(ATTACHMENT)} == {worker.outputs["name"]}


def test_nobody_else_may_assume_it() -> None:
    for phase in role().phases.values():
        assert json.loads(one(phase, ROLE).inputs["assumeRolePolicy"]) == {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": ["ecs-tasks.amazonaws.com"]},
                    "Action": ["sts:AssumeRole"],
                }
            ],
        }


def test_conditions_on_assuming_it() -> None:
    conditions = {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    trust = json.loads(one(role(conditions=conditions).phases["preview"], ROLE).inputs["assumeRolePolicy"])
    assert trust["Statement"][0]["Condition"] == conditions


def test_exactly_the_given_permissions() -> None:
    for phase in role(permissions=[READ]).phases.values():
        assert json.loads(one(phase, POLICY).inputs["policy"])["Statement"] == [
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt"],
                "Resource": list(READ.resources),
                "Condition": READ.conditions,
            }
        ]


@pytest.mark.parametrize("key", ["name", "namePrefix", "inlinePolicies", "managedPolicyArns", "permissionsBoundary"])
def test_absent(key: str) -> None:
    """A name would collide between stacks; inline and managed lists would remove the separately created policies."""
    worker = one(role(permissions=[READ], managed_policies=MANAGED).phases["preview"], ROLE)
    assert key not in worker.inputs


def test_dependencies_of_its_users() -> None:
    deployed = role(permissions=[READ], managed_policies=MANAGED).phases["deployed"]
    policies = {urn.rpartition("::")[2] for urn in deployed.outputs["policies"]}
    assert policies == {"worker-policy", "worker-managed-0", "worker-managed-1"}
    worker = one(deployed, ROLE)
    assert (deployed.outputs["arn"], deployed.outputs["name"]) == (worker.outputs["arn"], worker.outputs["name"])
