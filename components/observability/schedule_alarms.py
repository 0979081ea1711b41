"""The alarms of scheduled tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.values import Metric

__all__ = ["ScheduleAlarms", "ScheduleAlarmsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAlarmsArgs:
    """Arguments of `ScheduleAlarms`."""

    dropped: Metric
    """Runs that were given up."""
    dead_letters: Metric
    """Of these, what waits in the dead-letter queue."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class ScheduleAlarms(Component):
    """Alarms of a stack's schedules.

    Creates: an alarm on runs that could not be started, and one on those that nobody has looked at. Of a run that
    started and failed, the notices of events tell.
    """

    def __init__(self, name: str, args: ScheduleAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        watched = {
            "dropped": (
                args.dropped,
                "A scheduled task could not be started, and EventBridge Scheduler has given this run up. The message "
                "in the dead-letter queue holds the reason (ERROR_MESSAGE). Run the task by hand if it cannot wait for "
                "its next time.",
            ),
            "dead-letters": (
                args.dead_letters,
                "The schedules' dead-letter queue holds runs that did not take place. Read the reason in each "
                "message's attributes, mend it, and purge the queue: the alarm is over once it is empty. Messages go "
                "by themselves after 14 days.",
            ),
        }
        for what, (metric, advice) in watched.items():
            Alarm(
                self.child_name(what),
                AlarmArgs(
                    metric=metric,
                    comparison=">=",
                    threshold=1,
                    minutes=5,
                    treat_missing="notBreaching",
                    description=advice,
                    actions=args.actions,
                ),
                opts=self.child_opts(),
            )
        self.done()
