"""What follows the rotation of a secret: its readers are redeployed, or its failure is reported."""

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

__all__ = ["FAILED", "RedeployOnRotation", "RedeployOnRotationArgs", "rotation_events"]

_SUCCEEDED = "RotationSucceeded"
FAILED = ("RotationFailed", "RotationAbandoned")
"""The events of a rotation that left the secret as it was."""

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
    A rotation that failed is an execution that fails, so that one alarm tells of both.

    Creates: an EventBridge rule on the secret's rotations, a Step Functions state machine as its target, their roles.
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
            description="A secret has been rotated, or could not be",
            event_pattern=json_text(rotation_events([args.secret_arn], _SUCCEEDED, *FAILED)),
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
        failures = failed_executions(machine, "rotations and redeployments that failed")
        self.monitoring = RotationMonitoring(database=args.database, failures=failures)
        self.done()


def rotation_events(secret_arns: Sequence[pulumi.Input[str]], *names: str) -> dict[str, Any]:
    """The pattern of these events of Secrets Manager."""
    return {
        "source": ["aws.secretsmanager"],
        # CloudTrail records rotations as service events, the first type; matching the second, too, costs nothing.
        "detail-type": ["AWS Service Event via CloudTrail", "AWS API Call via CloudTrail"],
        "detail": {
            "eventSource": ["secretsmanager.amazonaws.com"],
            "eventName": list(names),
            "additionalEventData": {"SecretId": list(secret_arns)},
        },
    }


def _definition(args: RedeployOnRotationArgs) -> dict[str, Any]:
    event = "$.detail.eventName"
    # An execution that a person starts, without an event, redeploys, too.
    failed = [{"Variable": event, "IsPresent": True}, {"Not": {"Variable": event, "StringEquals": _SUCCEEDED}}]
    return {
        "Comment": "A new deployment of each service that reads the rotated secret",
        "StartAt": "Event",
        "States": {
            "Event": {
                "Type": "Choice",
                "Choices": [{"And": failed, "Next": "Not rotated"}],
                "Default": "Services",
            },
            "Not rotated": {
                "Type": "Fail",
                "Error": "NotRotated",
                "Cause": f"Secrets Manager could not rotate the password of {args.database}; it is still the old one, "
                "with which the services go on",
            },
            "Services": {
                "Type": "Parallel",
                "Branches": [_branch(name, arn, args) for name, arn in _sorted(args.service_arns)],
                "End": True,
            },
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
