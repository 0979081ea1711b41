"""Reminders of secrets that AWS cannot rotate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.observability.chat_message import chat_message
from components.observability.reminders_monitoring import RemindersMonitoring
from components.state_machine import failed_executions, starter, state_machine
from components.values import Permission

__all__ = ["Reminders", "RemindersArgs", "WatchedSecret"]

_MONDAYS = "cron(0 8 ? * MON *)"
_RETRY = {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "BackoffRate": 2, "MaxAttempts": 5}
_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSecret:
    """A secret whose value people must renew."""

    name: str
    """Its name in AWS."""
    arn: pulumi.Input[str]
    """Its ARN."""
    store: Literal["secrets-manager", "parameter"]
    """Where it is kept."""
    days: int
    """The age in days that its value may reach."""
    description: str = ""
    """What it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersArgs:
    """Arguments of `Reminders`."""

    secrets: Sequence[WatchedSecret]
    """The secrets, at least one."""
    topic_arn: pulumi.Input[str]
    """The topic that is notified."""
    topic_key_arn: pulumi.Input[str]
    """The key of the topic."""
    account: Account
    """The account, its region and partition."""

    def __post_init__(self) -> None:
        if not self.secrets:
            raise ValueError("there is no secret to remind of; create no Reminders")


class Reminders(Component):
    """Notifies the topic, every Monday at 8:00 UTC, of the secrets that are older than they should be; free of charge.

    Creates: a Step Functions state machine that checks each secret, a weekly EventBridge schedule, their roles.
    Guarantees: a value's age counts from the day it was set, however it was set; a new value ends the reminders; no
    role may read a value, or publish to another topic.

    A secret without a value counts as old. Secrets Manager has no metric of a secret's age; a trail or a recorder of
    AWS Config, which record changes, cost money; a parameter's own policies need the advanced tier.
    """

    def __init__(self, name: str, args: RemindersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        machine = state_machine(
            self,
            role="reader",
            description="Checks the age of secrets, and notifies the topic",
            permissions=_permissions(args),
            account=args.account,
            definition=_definition(args),
        )
        started_by = starter(
            self,
            machine,
            service="scheduler.amazonaws.com",
            description="Starts the weekly check of the age of secrets",
            account=args.account,
        )
        aws.scheduler.Schedule(
            self.child_name("weekly"),
            description="Checks the age of secrets",
            schedule_expression=_MONDAYS,
            schedule_expression_timezone="UTC",
            flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
            target=aws.scheduler.ScheduleTargetArgs(
                arn=machine.arn,
                role_arn=started_by.arn,
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
                ),
            ),
            opts=self.child_opts(depends_on=started_by.policies),
        )
        self.monitoring = RemindersMonitoring(failures=failed_executions(machine, "failed checks"))
        self.done()


def _permissions(args: RemindersArgs) -> list[Permission]:
    secrets = [secret.arn for secret in args.secrets if secret.store == "secrets-manager"]
    permissions = [
        Permission(actions=["sns:Publish"], resources=[args.topic_arn]),
        Permission(actions=["kms:Decrypt", "kms:GenerateDataKey*"], resources=[args.topic_key_arn]),
    ]
    if secrets:
        permissions.append(Permission(actions=["secretsmanager:ListSecretVersionIds"], resources=secrets))
    if len(secrets) < len(args.secrets):
        permissions.append(
            Permission(
                actions=["ssm:DescribeParameters"],
                resources=["*"],
                reason="DescribeParameters has no resource, and returns no value",
            )
        )
    return permissions


def _definition(args: RemindersArgs) -> dict[str, Any]:
    return {
        "Comment": "Notifies of the secrets that are older than they should be",
        "QueryLanguage": "JSONata",
        "StartAt": "Secrets",
        "States": {
            "Secrets": {
                "Type": "Parallel",
                "Branches": [_branch(i, secret, args) for i, secret in enumerate(args.secrets, start=1)],
                "End": True,
            }
        },
    }


def _branch(number: int, secret: WatchedSecret, args: RemindersArgs) -> dict[str, Any]:
    # The names of states are short, and those of secrets may be long.
    read, compare, notify, fine = (f"{what} {number}" for what in ("Read", "Compare", "Notify", "Fine"))
    changed = "$toMillis($states.input.changed)"
    now = "$toMillis($states.context.Execution.StartTime)"
    old = f"$exists($states.input.changed) ? {now} - {changed} > {secret.days * _DAY_MS} : true"
    return {
        "Comment": secret.name,
        "StartAt": read,
        "States": {
            read: {"Type": "Task", **_lookup(secret, args.account), "Retry": [_RETRY], "Next": compare},
            compare: {"Type": "Choice", "Choices": [{"Condition": f"{{% {old} %}}", "Next": notify}], "Default": fine},
            notify: {
                "Type": "Task",
                "Resource": args.account.integration("sns:publish"),
                "Arguments": {
                    "TopicArn": args.topic_arn,
                    "Subject": _subject(secret),
                    "Message": json.dumps(_message(secret), ensure_ascii=False),
                },
                "Retry": [_RETRY],
                "End": True,
            },
            fine: {"Type": "Succeed"},
        },
    }


def _lookup(secret: WatchedSecret, account: Account) -> Mapping[str, Any]:
    """The call that returns when the value was set, and where in its response."""
    if secret.store == "parameter":
        by_name = {"Key": "Name", "Option": "Equals", "Values": [secret.name]}
        return {
            "Resource": account.integration("aws-sdk:ssm:describeParameters"),
            "Arguments": {"ParameterFilters": [by_name]},
            "Output": '{% {"changed": $states.result.Parameters[0].LastModifiedDate} %}',
        }
    # Any change of a secret changes its own date; its value has the date of the current version.
    return {
        "Resource": account.integration("aws-sdk:secretsmanager:listSecretVersionIds"),
        "Arguments": {"SecretId": secret.arn},
        "Output": '{% {"changed": $states.result.Versions["AWSCURRENT" in VersionStages][0].CreatedDate} %}',
    }


def _subject(secret: WatchedSecret) -> str:
    """The subject of the message: SNS takes printable ASCII, at most 100 characters."""
    return f"Renew {secret.name}"[:100]


def _message(secret: WatchedSecret) -> dict[str, Any]:
    kind = "parameter" if secret.store == "parameter" else "secret"
    command = (
        f'aws ssm put-parameter --overwrite --type SecureString --key-id "$KEY_ARN" --name {secret.name} --value'
        if secret.store == "parameter"
        else f"aws secretsmanager put-secret-value --secret-id {secret.name} --secret-string"
    )
    purpose = f" ({secret.description})" if secret.description else ""
    return chat_message(
        title=f"Renew {secret.name}"[:250],
        description=f"The {kind} {secret.name}{purpose} has no value, or one that was set more than {secret.days} days "
        "ago. AWS cannot rotate it. This message comes every Monday until it has a new value.",
        next_steps=[
            "Create a new key at the provider, and keep the old one for now.",
            f'Set it: {command} "$VALUE"' + ("; KEY_ARN is the key that it has now." if kind == "parameter" else ""),
            "Restart the services that read it, since they read it when a task starts.",
            "When they run, revoke the old key.",
        ],
    )
