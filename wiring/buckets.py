"""The access logs of buckets, and the queues that they notify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.data.bucket_logs import BucketLogs, BucketLogsArgs, LogSource
from components.data.bucket_notifications import BucketNotifications, BucketNotificationsArgs
from components.data.queue import Sender
from components.data.store import Store
from settings import Settings
from wiring.context import StackContext
from wiring.queues import Queues

__all__ = ["build_access_logs", "build_notifications", "senders"]


def build_access_logs(ctx: StackContext, settings: Settings, buckets: Mapping[str, Store]) -> None:
    """A bucket for the logs of those that are logged."""
    sources = {
        name: LogSource(name=buckets[name].name, arn=buckets[name].arn, days=bucket.log_retention_days)
        for name, bucket in settings.data.buckets.items()
        if bucket.access_logs
    }
    if sources:
        args = BucketLogsArgs(sources=sources, account=ctx.account, protect=ctx.protect)
        BucketLogs("bucket-logs", args, opts=ctx.opts("data.buckets"))


def senders(ctx: StackContext, settings: Settings, buckets: Mapping[str, Store]) -> Mapping[str, Sequence[Sender]]:
    """For each queue, the buckets that notify it."""
    return {
        queue: [
            Sender(service="s3.amazonaws.com", source_arn=buckets[name].arn, account=ctx.account)
            for name, bucket in settings.data.buckets.items()
            if any(notifications.queue == queue for notifications in bucket.notifications)
        ]
        for queue in settings.data.queues
    }


def build_notifications(ctx: StackContext, settings: Settings, buckets: Mapping[str, Store], queues: Queues) -> None:
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
