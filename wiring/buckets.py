"""Buckets, their access logs, and the queues that they notify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.data.bucket import Bucket, BucketArgs
from components.data.bucket_logs import BucketLogs, BucketLogsArgs, Logged
from components.data.bucket_notifications import BucketNotifications, BucketNotificationsArgs
from components.data.key import Key
from components.data.queue import Queue, Sender
from settings import Settings
from wiring.site import Site

__all__ = ["buckets", "notifications", "senders"]


def buckets(site: Site, settings: Settings, key: Key) -> Mapping[str, Bucket]:
    """The stack's buckets, and one more for the logs of those that are logged."""
    found = {
        name: Bucket(name, BucketArgs(settings=wanted, key_arn=key.arn, protect=site.protect), opts=site.inherit)
        for name, wanted in settings.data.buckets.items()
    }
    sources = {
        name: Logged(name=found[name].name, arn=found[name].arn, days=wanted.access_log_days)
        for name, wanted in settings.data.buckets.items()
        if wanted.access_logs
    }
    if sources:
        args = BucketLogsArgs(sources=sources, account_id=site.account_id, protect=site.protect)
        BucketLogs("bucket-logs", args, opts=site.inherit)
    return found


def senders(site: Site, settings: Settings, found: Mapping[str, Bucket]) -> Mapping[str, Sequence[Sender]]:
    """For each queue, the buckets that notify it."""
    return {
        queue: [
            Sender(service="s3.amazonaws.com", source_arn=found[name].arn, account_id=site.account_id)
            for name, wanted in settings.data.buckets.items()
            if any(notify.queue == queue for notify in wanted.notify)
        ]
        for queue in settings.data.queues
    }


def notifications(site: Site, settings: Settings, found: Mapping[str, Bucket], queues: Mapping[str, Queue]) -> None:
    """What each bucket tells, and whom: queues, and the event bus where it is backed up."""
    for name, wanted in settings.data.buckets.items():
        if not wanted.notify and not wanted.backup_plan:
            continue
        told = {notify.queue: queues[notify.queue] for notify in wanted.notify}
        BucketNotifications(
            f"{name}-notify",
            BucketNotificationsArgs(
                bucket=found[name].name,
                notify=wanted.notify,
                queue_arns={queue: component.arn for queue, component in told.items()},
                ready=[policy for component in told.values() for policy in component.ready],
                event_bus=wanted.backup_plan,
            ),
            opts=site.inherit,
        )
