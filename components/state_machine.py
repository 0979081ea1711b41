"""Step Functions state machines that an AWS service starts: the parts that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi_aws as aws

from components.aws import Account
from components.base import Component
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
    account: Account,
    definition: dict[str, Any],
) -> aws.sfn.StateMachine:
    """The primary child of `owner`: a state machine, and its execution role with exactly these `permissions`."""
    runner = Role(
        owner.child_name(role),
        RoleArgs(
            service="states.amazonaws.com",
            description=description,
            conditions=account.is_source,
            permissions=permissions,
        ),
        owner.child_opts(),
    )
    return aws.sfn.StateMachine(
        owner.child_name(),
        # An express workflow stops after five minutes and keeps no history.
        type="STANDARD",
        role_arn=runner.arn,
        definition=json_text(definition),
        opts=owner.child_opts(depends_on=runner.policies),
    )


def starter(
    owner: Component,
    machine: aws.sfn.StateMachine,
    *,
    service: str,
    description: str,
    account: Account,
) -> Role:
    """The role with which `service` may start this state machine and nothing else."""
    return Role(
        owner.child_name("starter"),
        RoleArgs(
            service=service,
            description=description,
            conditions=account.is_source,
            permissions=[Permission(actions=["states:StartExecution"], resources=[machine.arn])],
        ),
        owner.child_opts(),
    )


def failed_executions(machine: aws.sfn.StateMachine, label: str) -> Metric:
    """The number of failed executions."""
    return Metric(
        namespace="AWS/States",
        name="ExecutionsFailed",
        dimensions={"StateMachineArn": machine.arn},
        statistic="Sum",
        label=label,
    )
