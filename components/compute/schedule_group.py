"""The schedule group of a stack, with the dead-letter queue of runs that could not be started."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.compute.schedule_group_monitoring import ScheduleMonitoring, schedule_metrics
from components.iam import Statement, document
from components.values import Permission

__all__ = ["ScheduleGroup", "ScheduleGroupArgs"]

_FOURTEEN_DAYS_S = 14 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleGroupArgs:
    """Arguments of `ScheduleGroup`."""

    key_arn: pulumi.Input[str]
    """KMS key that encrypts the schedules and the queue."""


class ScheduleGroup(Component):
    """A schedule group with a dead-letter queue; both are free of charge as long as no run fails.

    Creates: schedule group, SQS queue, queue policy.
    Guarantees: runs that could not be started are kept for 14 days, encrypted with the stack's key; the queue requires
    TLS, and its policy grants nothing: access comes from `dead_letter_permissions` alone.
    """

    def __init__(self, name: str, args: ScheduleGroupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        group = aws.scheduler.ScheduleGroup(self.child_name(), opts=self.child_opts())
        queue = aws.sqs.Queue(
            self.child_name("failed"),
            kms_master_key_id=args.key_arn,
            message_retention_seconds=_FOURTEEN_DAYS_S,
            opts=self.child_opts(),
        )
        aws.sqs.QueuePolicy(
            self.child_name("failed-policy"),
            queue_url=queue.id,
            policy=document(
                [
                    Statement(
                        sid="OnlyTls",
                        effect="Deny",
                        actions=["sqs:*"],
                        resources=[queue.arn],
                        principals="*",
                        conditions={"Bool": {"aws:SecureTransport": "false"}},
                    )
                ]
            ),
            opts=self.child_opts(),
        )
        self.name = group.name
        self.arn = group.arn
        self.key_arn = args.key_arn
        self.dead_letter_arn = queue.arn
        self.dead_letter_url = queue.url
        self.dead_letter_permissions: Sequence[Permission] = (
            Permission(actions=["sqs:SendMessage"], resources=[queue.arn]),
            # Decrypts the schedule, and encrypts the messages to the queue.
            Permission(actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[args.key_arn]),
        )
        self.monitoring = ScheduleMonitoring(metrics=schedule_metrics(group.name, queue.name))
        self.done(name=self.name)
