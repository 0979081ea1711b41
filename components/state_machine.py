"""State machines that one AWS service starts: the parts that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Conditions
from components.identity.role import Role, RoleArgs
from components.json_text import json_text
from components.values import Metric, Permission

__all__ = ["failed_executions", "starter", "state_machine"]


def state_machine(
    owner: Component,
    *,
    role: str,
    description: str,
    permissions: Sequence[Permission],
    account_id: pulumi.Input[str],
    definition: dict[str, Any],
) -> aws.sfn.StateMachine:
    """The primary child of `owner`: a state machine whose own `role` may do exactly what `permissions` say."""
    runner = Role(
        owner.named(role),
        RoleArgs(
            service="states.amazonaws.com",
            description=description,
            conditions=_own_account(account_id),
            permissions=permissions,
        ),
        owner.inside(),
    )
    return aws.sfn.StateMachine(
        owner.named(),
        # An express one ends after five minutes, and keeps no history.
        type="STANDARD",
        role_arn=runner.arn,
        definition=json_text(definition),
        opts=owner.inside(depends_on=runner.policies),
    )


def starter(
    owner: Component,
    machine: aws.sfn.StateMachine,
    *,
    service: str,
    description: str,
    account_id: pulumi.Input[str],
) -> Role:
    """The role by which `service` starts this machine and nothing else."""
    return Role(
        owner.named("starter"),
        RoleArgs(
            service=service,
            description=description,
            conditions=_own_account(account_id),
            permissions=[Permission(actions=["states:StartExecution"], resources=[machine.arn])],
        ),
        owner.inside(),
    )


def failed_executions(machine: aws.sfn.StateMachine, label: str) -> Metric:
    """How many executions failed."""
    return Metric(
        namespace="AWS/States",
        name="ExecutionsFailed",
        dimensions={"StateMachineArn": machine.arn},
        statistic="Sum",
        label=label,
    )


def _own_account(account_id: pulumi.Input[str]) -> Conditions:
    return {"StringEquals": {"aws:SourceAccount": account_id}}
