"""How a queue is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["QueueMetrics", "QueueMonitoring", "queue_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMetrics:
    """The metrics of one queue."""

    visible: Metric
    """Messages that wait to be received."""
    in_flight: Metric
    """Messages that workers have received and not deleted yet."""
    oldest_s: Metric
    """Age in seconds of the oldest message."""
    dead_letters: Metric
    """Messages in the dead-letter queue."""


def queue_metrics(name: str, queue: pulumi.Input[str], dead_letter_queue: pulumi.Input[str]) -> QueueMetrics:
    """The metrics of the queue that settings call `name`, with the names of the two queues in AWS."""

    def maximum(metric: str, label: str, queue_name: pulumi.Input[str] = queue) -> Metric:
        return Metric(
            namespace="AWS/SQS",
            name=metric,
            dimensions={"QueueName": queue_name},
            statistic="Maximum",
            label=f"{name} {label}",
        )

    return QueueMetrics(
        visible=maximum("ApproximateNumberOfMessagesVisible", "waiting"),
        in_flight=maximum("ApproximateNumberOfMessagesNotVisible", "in flight"),
        oldest_s=maximum("ApproximateAgeOfOldestMessage", "age of the oldest message (s)"),
        dead_letters=maximum("ApproximateNumberOfMessagesVisible", "dead letters", dead_letter_queue),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMonitoring(Monitoring):
    """Alarms on the age of the oldest message and on dead letters; a row of charts.

    A queue that was silent for hours has no data, which counts as neither.
    """

    area: ClassVar[Area] = "data"
    name: str
    """The queue's name in the settings."""
    metrics: QueueMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {
            "age": AlarmArgs(
                metric=self.metrics.oldest_s,
                comparison=">",
                threshold=limits.queue_age_s,
                minutes=1,
                periods=5,
                treat_missing="notBreaching",
                description=f"A message has been in the queue {self.name} for more than {limits.queue_age_s} s. Check "
                "whether its workers run and what their log says; if they only cannot keep up, raise replicas.max. "
                "Messages that nobody works on are lost after retention_days.",
            ),
            "dead-letters": AlarmArgs(
                metric=self.metrics.dead_letters,
                comparison=">=",
                threshold=limits.queue_dead_letters,
                minutes=5,
                treat_missing="notBreaching",
                description=f"{limits.queue_dead_letters} or more messages of the queue {self.name} failed "
                "max_receives times, and are kept in its dead-letter queue for 14 days from when they were first sent. "
                "Receive one to see what it is, fix the worker, then send them back with `aws sqs "
                "start-message-move-task`.",
            ),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title=f"Queue {self.name}",
            charts=[
                Chart(title="Waiting", metrics=[metrics.visible]),
                Chart(title="In flight", metrics=[metrics.in_flight]),
                Chart(
                    title="Age of the oldest",
                    metrics=[metrics.oldest_s],
                    threshold=limits and limits.queue_age_s,
                    unit="s",
                ),
                Chart(
                    title="Dead letters",
                    metrics=[metrics.dead_letters],
                    threshold=limits and limits.queue_dead_letters,
                ),
            ],
        )
