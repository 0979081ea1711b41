"""What runs by the clock."""

from __future__ import annotations

from collections.abc import Iterator

from components.observability.dashboard import Chart, DashboardRow
from wiring.dashboard_source import DashboardSource

__all__ = ["schedules"]


def schedules(source: DashboardSource) -> Iterator[DashboardRow]:
    """One row for all schedules, since Scheduler counts by their group."""
    if source.schedules.group is None:
        return
    runs = source.schedules.group.metrics
    yield DashboardRow(
        title="Schedules",
        charts=[
            Chart(title="Runs", metrics=[runs.attempts]),
            Chart(title="Not started", metrics=[runs.errors, runs.dropped]),
            Chart(title="Dead letters", metrics=[runs.dead_letters], threshold=1 if source.thresholds else None),
        ],
    )
