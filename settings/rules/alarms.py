"""`observability.alarms`: thresholds need something to watch."""

from __future__ import annotations

from collections.abc import Iterator

from settings.data import Postgres
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

__all__: list[str] = []

_KEY = "observability.alarms"
# The pattern that finds slow statements in the log goes by RDS's own form of its lines.
_FORM_OF_THE_LOG = ("log_line_prefix", "log_destination", "lc_messages")


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
    if alarms.slow_query_ms is None:
        return
    for name, database in settings.data.postgres.items():
        yield from _log_faults(f"data.postgres.{name}", database, alarms.slow_query_ms)


def _log_faults(key: str, database: Postgres, slow_ms: int) -> Iterator[Fault]:
    logged_ms = database.log_min_duration_ms
    if logged_ms < 0 or logged_ms > slow_ms:
        why = "no slow statement is logged" if logged_ms < 0 else "some slow statements are not logged"
        yield Fault(
            f"{key}.log_min_duration_ms",
            f"is {logged_ms}, so that {why} for {_KEY}.slow_query_ms ({slow_ms}); write less than that, such as "
            f"{slow_ms // 4}",
        )
    if "log_min_duration_statement" in database.parameters:
        yield Fault(
            f"{key}.parameters.log_min_duration_statement",
            f"overrides log_min_duration_ms, which {_KEY}.slow_query_ms needs; set that instead",
        )
    for parameter in _FORM_OF_THE_LOG:
        if parameter in database.parameters:
            yield Fault(
                f"{key}.parameters.{parameter}",
                f"changes the format of the log, which {_KEY}.slow_query_ms reads; remove one of them",
            )
