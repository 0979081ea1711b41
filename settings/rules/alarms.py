"""`observability.alarms`: thresholds need something to watch."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

__all__: list[str] = []

_KEY = "observability.alarms"


@reads("compute", "observability")
def _on_requests(settings: Settings) -> Iterator[Fault]:
    alarms = settings.observability.alarms
    if alarms is None or settings.routed:
        return
    if alarms.error_rate_percent is not None:
        yield Fault(f"{_KEY}.error_rate_percent", "watches requests, and no service has a route; remove it")
    if alarms.page == "composite":
        yield Fault(f"{_KEY}.page", "counts users' requests, and no service has a route; write each")


@reads("data", "observability")
def _on_databases(settings: Settings) -> Iterator[Fault]:
    alarms = settings.observability.alarms
    if alarms is None:
        return
    thresholds = {key: getattr(alarms, key) for key in ("database_connections", "slow_query_ms")}
    for key, value in thresholds.items():
        if value is not None and not settings.data.postgres:
            yield Fault(f"{_KEY}.{key}", "watches databases, and there is none; remove it")
