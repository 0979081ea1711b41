"""What runs by the clock."""

from __future__ import annotations

from collections.abc import Iterator

from components.observability.dashboard import Chart, Row
from wiring.view import View

__all__ = ["schedules"]


def schedules(view: View) -> Iterator[Row]:
    """One row for all schedules, since Scheduler counts by their group."""
    if view.timed.group is None:
        return
    runs = view.timed.group.metrics
    yield Row(
        title="Schedules",
        charts=[
            Chart(title="Runs", metrics=[runs.attempts]),
            Chart(title="Not started", metrics=[runs.errors, runs.dropped]),
            Chart(title="Dead letters", metrics=[runs.dead_letters], threshold=1 if view.thresholds else None),
        ],
    )
