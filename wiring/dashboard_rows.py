"""The rows of the stack's dashboards: which kind of thing is shown where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from components.observability.dashboard import DashboardRow
from settings.observability import Area
from wiring import dashboard_rows_application as rows_application
from wiring import dashboard_rows_data as rows_data
from wiring import dashboard_rows_schedules as rows_schedules
from wiring import dashboard_rows_services as rows_services
from wiring.dashboard_source import DashboardSource

__all__ = ["rows"]

_KINDS: Sequence[tuple[Area, Callable[[DashboardSource], Iterator[DashboardRow]]]] = (
    ("application", rows_application.custom_metrics),
    ("application", rows_application.http_api),
    ("application", rows_application.distribution),
    ("application", rows_application.load_balancer),
    ("services", rows_services.services),
    ("services", rows_schedules.schedules),
    ("data", rows_data.databases),
    ("data", rows_data.redis),
    ("data", rows_data.buckets),
    ("data", rows_data.queues),
)
"""What a kind shows and the dashboard that it is on, from top to bottom; a further kind is a function and a line."""


def rows(source: DashboardSource, area: Area | None = None) -> Iterator[DashboardRow]:
    """The rows of one area's dashboard; without one, all of them."""
    for where, kind in _KINDS:
        if area in (None, where):
            yield from kind(source)
