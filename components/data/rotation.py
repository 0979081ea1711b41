"""What follows the rotation of a secret that services read at their start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.json_text import json_text
from components.state_machine import failed_executions, starter, state_machine
from components.values import Permission

__all__ = ["RedeployOnRotation", "RedeployOnRotationArgs"]

# Half a minute, then twice as long each time: half an hour in all, while another deployment is on its way.
_RETRY = {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "BackoffRate": 2, "MaxAttempts": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeployOnRotationArgs:
    """Arguments of `RedeployOnRotation`."""

    secret_arn: pulumi.Input[str]
    """The secret that is rotated."""
    cluster_arn: pulumi.Input[str]
    """The cluster of the services."""
    service_arns: Mapping[str, pulumi.Input[str]]
    """The services that read the secret, by name; these and no others are redeployed."""
    account: Account
    """The account, its region and partition."""

    def __post_init__(self) -> None:
        if not self.service_arns:
            raise ValueError("nobody reads the secret, so nothing follows its rotation; leave this component out")


class RedeployOnRotation(Component):
    """Redeploys services when a secret has been rotated: ECS reads secrets once, when a task starts. Free of charge.

    Creates: an EventBridge rule on the secret's rotation, a Step Functions state machine as its target, their roles.
    Guarantees: no function to keep; each service is redeployed for itself, and tried again for half an hour; the
    roles may start this state machine, and redeploy these services, and nothing else.

    Secrets Manager's rotation events are CloudTrail events: without a trail in the region that logs management
    events, EventBridge never sees one.
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
        started_by = starter(
            self,
            machine,
            service="events.amazonaws.com",
            description="Starts what follows the rotation of a secret",
            account=args.account,
        )
        aws.cloudwatch.EventTarget(
            self.child_name("target"),
            rule=rule.name,
            arn=machine.arn,
            role_arn=started_by.arn,
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
            ),
            opts=self.child_opts(depends_on=started_by.policies),
        )
        self.failures = failed_executions(machine, "redeployments that failed")
        self.done()


def _pattern(secret_arn: pulumi.Input[str]) -> dict[str, Any]:
    return {
        "source": ["aws.secretsmanager"],
        # The first is what CloudTrail calls a service's own events; the second costs nothing.
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
                # What ECS answers is long, and nobody reads it.
                "ResultPath": None,
                "Retry": [_RETRY],
                "End": True,
            }
        },
    }


def _sorted(arns: Mapping[str, pulumi.Input[str]]) -> Sequence[tuple[str, pulumi.Input[str]]]:
    return sorted(arns.items())
