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

__all__ = ["build_buckets", "build_notifications", "senders"]


def build_buckets(ctx: StackContext, settings: Settings, key: Key) -> Mapping[str, Bucket]:
    """The stack's buckets, and one more for the logs of those that are logged."""
    buckets = {
        name: Bucket(
            name,
            BucketArgs(settings=bucket, key_arn=key.arn, protect=ctx.protect),
            opts=ctx.opts(f"data.buckets.{name}"),
        )
        for name, bucket in settings.data.buckets.items()
    }
    sources = {
        name: LogSource(name=buckets[name].name, arn=buckets[name].arn, days=bucket.log_retention_days)
        for name, bucket in settings.data.buckets.items()
        if bucket.access_logs
    }
    if sources:
        args = BucketLogsArgs(sources=sources, account=ctx.account, protect=ctx.protect)
        BucketLogs("bucket-logs", args, opts=ctx.opts("data.buckets"))
    return buckets


def senders(ctx: StackContext, settings: Settings, buckets: Mapping[str, Bucket]) -> Mapping[str, Sequence[Sender]]:
    """For each queue, the buckets that notify it."""
    return {
        queue: [
            Sender(service="s3.amazonaws.com", source_arn=buckets[name].arn, account=ctx.account)
            for name, bucket in settings.data.buckets.items()
            if any(notifications.queue == queue for notifications in bucket.notifications)
        ]
        for queue in settings.data.queues
    }


def build_notifications(
    ctx: StackContext, settings: Settings, buckets: Mapping[str, Bucket], queues: Mapping[str, Queue]
) -> None:
    """What each bucket notifies: queues, and the event bus where it is backed up."""
    for name, bucket in settings.data.buckets.items():
        if not bucket.notifications and not bucket.backup_plan:
            continue
        notified = {notifications.queue: queues[notifications.queue] for notifications in bucket.notifications}
        BucketNotifications(
            f"{name}-notifications",
            BucketNotificationsArgs(
                bucket=buckets[name].name,
                notifications=bucket.notifications,
                queue_arns={queue: component.arn for queue, component in notified.items()},
                dependencies=[policy for component in notified.values() for policy in component.dependencies],
                event_bus=bucket.backup_plan,
            ),
            opts=ctx.opts(f"data.buckets.{name}"),
        )
