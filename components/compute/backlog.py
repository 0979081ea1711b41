"""What waits for a service that consumes queues, as metric math."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.data.queue_metrics import QueueMetrics
from components.observability.expression import Expression
from components.values import Metric

__all__ = ["Backlog"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """The messages of the queues that a service consumes, all together, and its tasks that run.

    A metric's last minutes may be missing for a while. They are taken for what was there before: a zero in their place
    would hide a backlog from an alarm that looks at the last three minutes, and one task in place of many would
    multiply it.
    """

    queues: Sequence[QueueMetrics]
    """The queues."""
    running: Metric
    """Tasks that run; none where the service has never had one."""

    def per_task(self) -> Expression:
        """Messages for each task, waiting or in work, so that tasks that are busy are not taken for idle ones.

        Without a task, all messages.
        """
        waiting, in_work = self._ids()
        known = ", ".join(f"FILL({id_}, REPEAT)" for pair in zip(waiting, in_work, strict=True) for id_ in pair)
        messages, tasks = f"SUM([{known}])", "FILL(tasks, REPEAT)"
        text = f"IF({tasks} > 0, {messages} / {tasks}, {messages})"
        return Expression(text=text, metrics={"tasks": self.running, **waiting, **in_work}, label="backlog per task")

    def unattended(self) -> Expression:
        """Messages that wait while no task runs, else zero.

        AWS may publish no number of tasks where there is none, so what is missing counts as zero.
        """
        waiting, _ = self._ids()
        messages = f"SUM([{', '.join(waiting)}])"
        text = f"IF(MAX([{messages} * 0, FILL(tasks, 0)]) < 1, {messages}, 0)"
        return Expression(text=text, metrics={"tasks": self.running, **waiting}, label="messages without a task")

    def _ids(self) -> tuple[Mapping[str, Metric], Mapping[str, Metric]]:
        waiting = {f"waiting{i}": queue.visible for i, queue in enumerate(self.queues)}
        return waiting, {f"working{i}": queue.in_flight for i, queue in enumerate(self.queues)}
