"""The alarms of a queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.values import Metric
from settings.observability import Alarms

__all__ = ["QueueAlarms", "QueueAlarmsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueAlarmsArgs:
    """Arguments of `QueueAlarms`."""

    queue: str
    """The queue's name in the settings, for the descriptions."""
    oldest_s: Metric
    """Age of its oldest message in seconds."""
    dead_letters: Metric
    """Messages in its dead-letter queue."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class QueueAlarms(Component):
    """Alarms of one queue.

    Creates: an alarm on the age of the oldest message and one on dead letters. A queue that was silent for hours has
    no data, and raises neither.
    """

    def __init__(self, name: str, args: QueueAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits, queue = args.thresholds, args.queue
        watched = {
            "age": AlarmArgs(
                metric=args.oldest_s,
                comparison=">",
                threshold=limits.queue_age_s,
                minutes=1,
                periods=5,
                treat_missing="notBreaching",
                description=f"A message has been in the queue {queue} for more than {limits.queue_age_s} s. See "
                "whether its workers run and what their log says; if they only cannot keep up, raise replicas.max. "
                "Messages that nobody works on are lost after retention_days.",
                actions=args.actions,
            ),
            "dead-letters": AlarmArgs(
                metric=args.dead_letters,
                comparison=">=",
                threshold=limits.queue_dead_letters,
                minutes=5,
                treat_missing="notBreaching",
                description=f"{limits.queue_dead_letters} or more messages of the queue {queue} failed max_receives "
                "times, and are kept in its dead-letter queue for 14 days from when they were first sent. Receive one "
                "to see what it is, mend the worker, then send them back with `aws sqs start-message-move-task`.",
                actions=args.actions,
            ),
        }
        self.names = tuple(
            Alarm(self.child_name(what), alarm, self.child_opts()).name for what, alarm in watched.items()
        )
        self.done()
