"""`data.buckets`: names and notifications."""

from __future__ import annotations

from collections.abc import Iterator

from settings.faults import meant
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

# Beginnings of a name that S3 reserves.
_RESERVED = ("sthree-", "amzn-s3-demo-")


@reads("data")
def _names(settings: Settings) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in settings.data.buckets:
        first = seen.setdefault(name.replace("-", ""), name)
        if first != name:
            yield Fault(f"data.buckets.{name}", f"differs from {first} by hyphens only; rename one")
        for beginning in _RESERVED:
            if name.startswith(beginning):
                yield Fault(f"data.buckets.{name}", f"begins with {beginning}, which S3 reserves; choose another name")


@reads("data")
def _notifications(settings: Settings) -> Iterator[Fault]:
    queues = settings.data.queues
    for name, bucket in settings.data.buckets.items():
        for i, notification in enumerate(bucket.notifications):
            key, queue = f"data.buckets.{name}.notifications[{i}].queue", queues.get(notification.queue)
            if queue is None:
                fix = meant(notification.queue, queues, f"add it there, if only as `{notification.queue}: {{}}`")
                yield Fault(key, f"{notification.queue!r} is not in data.queues; {fix}")
            elif queue.fifo:
                yield Fault(
                    key,
                    f"{notification.queue} is a fifo queue, to which S3 does not send; name another, or leave fifo out",
                )
