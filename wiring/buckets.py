"""Buckets, their access logs, and the queues that they notify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.data.bucket import Bucket, BucketArgs
from components.data.bucket_logs import BucketLogs, BucketLogsArgs, LogSource
from components.data.bucket_notifications import BucketNotifications, BucketNotificationsArgs
from components.data.key import Key
from components.data.queue import Queue, Sender
from settings import Settings
from wiring.context import StackContext

__all__ = ["buckets", "notifications", "senders"]


def buckets(ctx: StackContext, settings: Settings, key: Key) -> Mapping[str, Bucket]:
    """The stack's buckets, and one more for the logs of those that are logged."""
    found = {
        name: Bucket(
            name,
            BucketArgs(settings=wanted, key_arn=key.arn, protect=ctx.protect),
            opts=ctx.opts(f"data.buckets.{name}"),
        )
        for name, wanted in settings.data.buckets.items()
    }
    sources = {
        name: LogSource(name=found[name].name, arn=found[name].arn, days=wanted.log_retention_days)
        for name, wanted in settings.data.buckets.items()
        if wanted.access_logs
    }
    if sources:
        args = BucketLogsArgs(sources=sources, account=ctx.account, protect=ctx.protect)
        BucketLogs("bucket-logs", args, opts=ctx.opts("data.buckets"))
    return found


def senders(ctx: StackContext, settings: Settings, found: Mapping[str, Bucket]) -> Mapping[str, Sequence[Sender]]:
    """For each queue, the buckets that notify it."""
    return {
        queue: [
            Sender(service="s3.amazonaws.com", source_arn=found[name].arn, account=ctx.account)
            for name, wanted in settings.data.buckets.items()
            if any(notifications.queue == queue for notifications in wanted.notifications)
        ]
        for queue in settings.data.queues
    }


def notifications(
    ctx: StackContext, settings: Settings, found: Mapping[str, Bucket], queues: Mapping[str, Queue]
) -> None:
    """What each bucket tells, and whom: queues, and the event bus where it is backed up."""
    for name, wanted in settings.data.buckets.items():
        if not wanted.notifications and not wanted.backup_plan:
            continue
        told = {notifications.queue: queues[notifications.queue] for notifications in wanted.notifications}
        BucketNotifications(
            f"{name}-notifications",
            BucketNotificationsArgs(
                bucket=found[name].name,
                notifications=wanted.notifications,
                queue_arns={queue: component.arn for queue, component in told.items()},
                dependencies=[policy for component in told.values() for policy in component.dependencies],
                event_bus=wanted.backup_plan,
            ),
            opts=ctx.opts(f"data.buckets.{name}"),
        )
