"""CloudWatch metrics of a queue and its dead-letter queue."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.values import Metric

__all__ = ["QueueMetrics", "queue_metrics"]


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
