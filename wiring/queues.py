"""The stack's queues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.data.key import Key
from components.data.queue import Queue, QueueArgs, Sender
from settings import Settings
from wiring.context import StackContext

__all__ = ["Queues", "build_queues"]

Queues = Mapping[str, Queue]


def build_queues(
    ctx: StackContext, settings: Settings, key: Key, senders: Mapping[str, Sequence[Sender]] | None = None
) -> Queues:
    """Every queue by name; `senders` are the AWS services that send to it."""
    return {
        name: Queue(
            name,
            QueueArgs(settings=queue, key_arn=key.arn, protect=ctx.protect, senders=(senders or {}).get(name, ())),
            opts=ctx.opts(f"data.queues.{name}"),
        )
        for name, queue in settings.data.queues.items()
    }
