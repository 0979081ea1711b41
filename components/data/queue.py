"""SQS queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.data.key_access import kms_permission_via
from components.data.queue_monitoring import QueueMonitoring, queue_metrics
from components.data.store import Store, StoreArgs
from components.iam import Statement, document
from components.json_text import json_text
from components.values import Injection, Permission
from settings.data import queues
from settings.data.queues import DEAD_LETTER_DAYS

__all__ = ["Queue", "QueueArgs", "Sender"]

_DAY_S = 24 * 60 * 60
_MAX_POLL_S = 20
# Roles of the children. They are longer than a name in the settings may be, so no queue's name ends with one. A fifo
# queue has another logical name than a standard one: the provider keeps an automatic name, which must end in .fifo.
_DEAD_LETTERS, _FIFO = "dead-letter-queue", "first-in-first-out"

_ACCESS = {
    "send": (
        ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        ["kms:GenerateDataKey", "kms:Decrypt"],
    ),
    "consume": (
        ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
        ["kms:Decrypt"],
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An AWS service that sends on behalf of one resource, such as S3 for a bucket with notifications."""

    service: str
    """Its principal, such as s3.amazonaws.com; it also needs a statement in the key's policy."""
    source_arn: pulumi.Input[str]
    """The resource's ARN."""
    account: Account
    """The account, its region and partition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueArgs(StoreArgs[queues.Queue]):
    """Arguments of `Queue`."""

    senders: Sequence[Sender] = ()
    """AWS services that send to it; services and tasks have `injection` instead."""


class Queue(Store):
    """A queue and its dead-letter queue; see `settings.data.queues.Queue` for what it costs.

    Creates: the two queues with a policy each, and the redrive permission of the dead-letter queue.
    Guarantees: encrypted with the given key; nothing is sent or received without TLS; a message that fails too often
    is kept as a dead letter for 14 days, and no other queue may use the dead-letter queue; receive calls are long
    polls, so that an idle worker costs next to nothing; of AWS services only `senders` may send, each for its one
    resource.
    Errors: ValueError for a fifo queue with senders.
    """

    def __init__(self, name: str, args: QueueArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.senders and args.settings.fifo:
            services = ", ".join(sorted({sender.service for sender in args.senders}))
            raise ValueError(f"{name} is a fifo queue, to which {services} cannot send; remove fifo")
        super().__init__("data", name, opts)
        self._args = args
        dead_letters = self._queue(_DEAD_LETTERS, retention_days=DEAD_LETTER_DAYS)
        redrive = {"deadLetterTargetArn": dead_letters.arn, "maxReceiveCount": args.settings.max_receives}
        queue = self._queue(
            "",
            retention_days=args.settings.retention_days,
            delay_s=args.settings.delay_s,
            redrive_policy=json_text(redrive),
        )
        aws.sqs.RedriveAllowPolicy(
            self.child_name("redrive"),
            queue_url=dead_letters.id,
            redrive_allow_policy=json_text({"redrivePermission": "byQueue", "sourceQueueArns": [queue.arn]}),
            opts=self.child_opts(),
        )
        self._policy(_DEAD_LETTERS, dead_letters)
        policy = self._policy("", queue, args.senders)
        self.name = queue.name
        self.arn = queue.arn
        self.url = queue.url
        self.dead_letter_url = dead_letters.url
        self.metrics = queue_metrics(name, queue.name, dead_letters.name)
        self.monitoring = QueueMonitoring(name=name, metrics=self.metrics)
        self.dependencies: Sequence[pulumi.Resource] = [policy]
        """The policy, on which the configuration of a sender depends."""
        self.done(url=self.url, arn=self.arn)

    def injection(self, variable: str, access: str) -> Injection:
        """The queue's URL in `variable`, and the permissions to `send`, or to `consume`: to receive and delete messages
        and extend their visibility timeout."""
        actions, key_actions = _ACCESS[access]
        return Injection(
            environment={variable: self.url},
            task_permissions=[
                Permission(actions=actions, resources=[self.arn]),
                kms_permission_via(self._args.key_arn, "sqs", key_actions),
            ],
        )

    def _queue(
        self,
        role: str,
        *,
        retention_days: int,
        delay_s: int = 0,
        redrive_policy: pulumi.Input[str] | None = None,
    ) -> aws.sqs.Queue:
        args, settings = self._args, self._args.settings
        return aws.sqs.Queue(
            self.child_name("-".join(part for part in (role, _FIFO if settings.fifo else "") if part)),
            fifo_queue=settings.fifo or None,
            content_based_deduplication=settings.content_deduplication or None,
            visibility_timeout_seconds=settings.visibility_timeout_s,
            message_retention_seconds=retention_days * _DAY_S,
            delay_seconds=delay_s,
            max_message_size=settings.max_message_kb * 1024,
            receive_wait_time_seconds=_MAX_POLL_S,
            kms_master_key_id=args.key_arn,
            redrive_policy=redrive_policy,
            opts=self.child_opts(protect=args.protect),
        )

    def _policy(self, role: str, queue: aws.sqs.Queue, senders: Sequence[Sender] = ()) -> aws.sqs.QueuePolicy:
        tls_only = Statement(
            sid="OnlyTls",
            effect="Deny",
            actions=["sqs:*"],
            resources=[queue.arn],
            principals="*",
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        )
        sender_statements = [
            Statement(
                sid=f"Sender{number}",
                actions=["sqs:SendMessage"],
                resources=[queue.arn],
                principals={"Service": [sender.service]},
                conditions={
                    "ArnEquals": {"aws:SourceArn": sender.source_arn},
                    "StringEquals": {"aws:SourceAccount": sender.account.id},
                },
            )
            for number, sender in enumerate(senders)
        ]
        return aws.sqs.QueuePolicy(
            self.child_name(f"{role}-policy" if role else "policy"),
            queue_url=queue.id,
            policy=document([tls_only, *sender_statements]),
            opts=self.child_opts(),
        )
