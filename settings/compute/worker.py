"""Workers, which have no port, and what a service with callers needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from settings.compute.replicas import Replicas
from settings.model import Fault

__all__ = ["worker_faults"]

# An alarm takes ten metrics: two of each queue, and the number of tasks.
_MOST_COUNTED = 4


def worker_faults(
    *, port: int | None, reached_by: Sequence[str], consumes: Sequence[str], replicas: Replicas
) -> Iterator[Fault]:
    """A service with callers but without a port or a task, and a backlog of no queue."""
    if port is None and reached_by:
        yield Fault("port", f"is missing, and {reached_by[0]} leads to it; add it (port that the container listens on)")
    if replicas.backlog_per_task is None:
        return
    key = "replicas.backlog_per_task"
    if not consumes:
        yield Fault(key, "counts messages, and the service consumes no queue; add consumes")
    if len(consumes) > _MOST_COUNTED:
        yield Fault(
            key,
            f"adds up the messages of {len(consumes)} queues, and an alarm takes the metrics of {_MOST_COUNTED}; "
            "consume fewer, or scale on cpu_percent",
        )
    if replicas.scales_to_zero and reached_by:
        yield Fault("replicas.min", f"is 0, and {reached_by[0]} would have no task to answer; write at least 1")
