"""Redeployment of services after the rotation of a secret that they read at their start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.rotation_monitoring import RotationMonitoring
from components.json_text import json_text
from components.state_machine import failed_executions, starter, state_machine
from components.values import Permission

__all__ = ["RedeployOnRotation", "RedeployOnRotationArgs"]

# After 30 seconds, then twice as long each time, for half an hour in all: another deployment may be in progress.
_RETRY = {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "BackoffRate": 2, "MaxAttempts": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeployOnRotationArgs:
    """Arguments of `RedeployOnRotation`."""

    database: str
    """The name in the settings of the database whose password it is."""
    secret_arn: pulumi.Input[str]
    """The rotated secret."""
    cluster_arn: pulumi.Input[str]
    """The cluster of the services."""
    service_arns: Mapping[str, pulumi.Input[str]]
    """The services that read the secret, by name; these and no others are redeployed."""
    account: Account
    """The account, its region and partition."""

    def __post_init__(self) -> None:
        if not self.service_arns:
            raise ValueError("no service reads the secret; do not create a RedeployOnRotation for it")


class RedeployOnRotation(Component):
    """Redeploys services when a secret has been rotated: ECS reads secrets once, when a task starts. Free of charge.

    Creates: an EventBridge rule on the secret's rotation, a Step Functions state machine as its target, their roles.
    Guarantees: no Lambda function to maintain; each service is redeployed on its own, and retried for half an hour;
    the roles may start this state machine, and redeploy these services, and nothing else.
    Errors: ValueError without services.

    Secrets Manager's rotation events are CloudTrail events: EventBridge receives them only where a trail in the region
    logs management events.
    """

    def __init__(self, name: str, args: RedeployOnRotationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        machine = state_machine(
            self,
            role="runner",
            description="Redeploys the services that read a rotated secret",
            permissions=[
                Permission(actions=["ecs:UpdateService"], resources=[arn for _, arn in _sorted(args.service_arns)])
            ],
            account=args.account,
            definition=_definition(args),
        )
        rule = aws.cloudwatch.EventRule(
            self.child_name("rule"),
            description="A secret has been rotated",
            event_pattern=json_text(_pattern(args.secret_arn)),
            opts=self.child_opts(),
        )
        starter_role = starter(
            self,
            machine,
            service="events.amazonaws.com",
            description="Starts the redeployment of services after the rotation of a secret",
            account=args.account,
        )
        aws.cloudwatch.EventTarget(
            self.child_name("target"),
            rule=rule.name,
            arn=machine.arn,
            role_arn=starter_role.arn,
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
            ),
            opts=self.child_opts(depends_on=starter_role.policies),
        )
        failures = failed_executions(machine, "redeployments that failed")
        self.monitoring = RotationMonitoring(database=args.database, failures=failures)
        self.done()


def _pattern(secret_arn: pulumi.Input[str]) -> dict[str, Any]:
    return {
        "source": ["aws.secretsmanager"],
        # CloudTrail records rotations as service events, the first type; matching the second, too, costs nothing.
        "detail-type": ["AWS Service Event via CloudTrail", "AWS API Call via CloudTrail"],
        "detail": {
            "eventSource": ["secretsmanager.amazonaws.com"],
            "eventName": ["RotationSucceeded"],
            "additionalEventData": {"SecretId": [secret_arn]},
        },
    }


def _definition(args: RedeployOnRotationArgs) -> dict[str, Any]:
    return {
        "Comment": "A new deployment of each service that reads the rotated secret",
        "StartAt": "Services",
        "States": {
            "Services": {
                "Type": "Parallel",
                "Branches": [_branch(name, arn, args) for name, arn in _sorted(args.service_arns)],
                "End": True,
            }
        },
    }


def _branch(name: str, arn: pulumi.Input[str], args: RedeployOnRotationArgs) -> dict[str, Any]:
    state = f"Redeploy {name}"
    return {
        "StartAt": state,
        "States": {
            state: {
                "Type": "Task",
                "Resource": args.account.integration("aws-sdk:ecs:updateService"),
                "Parameters": {"Cluster": args.cluster_arn, "Service": arn, "ForceNewDeployment": True},
                # Drop the response of ECS, which is long and not used.
                "ResultPath": None,
                "Retry": [_RETRY],
                "End": True,
            }
        },
    }


def _sorted(arns: Mapping[str, pulumi.Input[str]]) -> Sequence[tuple[str, pulumi.Input[str]]]:
    return sorted(arns.items())
