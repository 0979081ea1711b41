"""How scheduled tasks are watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring, Shows
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["ScheduleMetrics", "ScheduleMonitoring", "schedule_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMetrics:
    """Metrics that EventBridge Scheduler publishes for a group, and SQS for its queue."""

    attempts: Metric
    errors: Metric
    """Attempts that ECS refused, including those that succeeded in a later attempt."""
    dropped: Metric
    """Runs that were dropped after all attempts."""
    dead_letters: Metric
    """Dropped runs that are still in the dead-letter queue."""


def schedule_metrics(group: pulumi.Input[str], queue: pulumi.Input[str]) -> ScheduleMetrics:
    """The metrics of the schedule group and its dead-letter queue, by their names."""

    def group_metric(name: str, label: str) -> Metric:
        return Metric(
            namespace="AWS/Scheduler", name=name, dimensions={"ScheduleGroup": group}, statistic="Sum", label=label
        )

    return ScheduleMetrics(
        attempts=group_metric("InvocationAttemptCount", "attempts"),
        errors=group_metric("TargetErrorCount", "refused by ECS"),
        dropped=group_metric("InvocationDroppedCount", "dropped"),
        dead_letters=Metric(
            namespace="AWS/SQS",
            name="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": queue},
            statistic="Maximum",
            label="failed runs",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMonitoring(Monitoring):
    """Alarms on runs that could not be started, and on those in the dead-letter queue; a row for all schedules.

    EventBridge Scheduler counts by group. A run that started and failed is reported by the event notifications.
    """

    area: ClassVar[Area] = "services"
    shows: ClassVar[Shows] = "failure"
    metrics: ScheduleMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {
            "dropped": _any(
                self.metrics.dropped,
                "A scheduled task could not be started, and EventBridge Scheduler has dropped this run. The message in "
                "the dead-letter queue holds the reason (ERROR_MESSAGE). Run the task by hand if it cannot wait for "
                "its next time.",
            ),
            "dead-letters": _any(
                self.metrics.dead_letters,
                "The schedules' dead-letter queue holds runs that did not take place. Read the reason in each "
                "message's attributes, fix it, and purge the queue: the alarm is over once it is empty. SQS deletes "
                "the messages after 14 days.",
            ),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        runs = self.metrics
        return DashboardRow(
            title="Schedules",
            charts=[
                Chart(title="Runs", metrics=[runs.attempts]),
                Chart(title="Not started", metrics=[runs.errors, runs.dropped]),
                Chart(title="Dead letters", metrics=[runs.dead_letters], threshold=1 if limits else None),
            ],
        )


def _any(metric: Metric, description: str) -> AlarmArgs:
    return AlarmArgs(
        metric=metric, comparison=">=", threshold=1, minutes=5, treat_missing="notBreaching", description=description
    )
