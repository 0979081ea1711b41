"""The backlog of a service that consumes queues, as metric math."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.data.queue_monitoring import QueueMetrics
from components.observability.expression import Expression
from components.values import Metric

__all__ = ["Backlog"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """The messages of all queues that a service consumes, and its running tasks.

    The last minutes of a metric may be missing for a while. They are filled with the last known value: a zero instead
    would hide a backlog from an alarm on the last three minutes, and one task instead of many would multiply it.
    """

    queues: Sequence[QueueMetrics]
    """The queues that the service consumes."""
    running: Metric
    """Running tasks; no data where the service has never had one."""

    def per_task(self) -> Expression:
        """Messages per task, waiting or in flight, so that a busy task does not count as idle.

        At zero tasks, all messages. Where no number of tasks is known, no value: REPEAT fills only from a value, and
        the first task is started by the alarm on messages without one.
        """
        waiting, in_flight = self._metrics()
        filled = ", ".join(f"FILL({id_}, REPEAT)" for pair in zip(waiting, in_flight, strict=True) for id_ in pair)
        messages, tasks = f"SUM([{filled}])", "FILL(tasks, REPEAT)"
        text = f"IF({tasks} > 0, {messages} / {tasks}, {messages})"
        return Expression(text=text, metrics={"tasks": self.running, **waiting, **in_flight}, label="backlog per task")

    def waiting_without_task(self) -> Expression:
        """Messages that wait while no task runs, else zero.

        CloudWatch may have no number of tasks where there is no task: FILL with a constant also fills a metric without
        any point, so a missing number counts as zero.
        """
        waiting, _ = self._metrics()
        messages = f"SUM([{', '.join(waiting)}])"
        text = f"IF(FILL(tasks, 0) < 1, {messages}, 0)"
        return Expression(text=text, metrics={"tasks": self.running, **waiting}, label="messages without a task")

    def _metrics(self) -> tuple[Mapping[str, Metric], Mapping[str, Metric]]:
        waiting = {f"waiting{i}": queue.visible for i, queue in enumerate(self.queues)}
        return waiting, {f"working{i}": queue.in_flight for i, queue in enumerate(self.queues)}
