"""`data.postgres`: databases that are restored from another one of the same stack, and the log of slow statements."""

from __future__ import annotations

from collections.abc import Iterator

from components.naming import physical_name
from settings.data import Postgres
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

_SLOW = "observability.alarms.slow_query_ms"
# The pattern that finds slow statements in the log goes by RDS's own form of its lines.
_FORM_OF_THE_LOG = ("log_line_prefix", "log_destination", "lc_messages")


@reads("data")
def _restored_from_itself(settings: Settings) -> Iterator[Fault]:
    for name, database in settings.data.postgres.items():
        if _source_identifier(database) == _identifier(settings, name):
            yield Fault(
                f"data.postgres.{name}.restore_from.point_in_time.source",
                f"{_identifier(settings, name)} is this database itself; give the restored database a new name in "
                "data.postgres",
            )


@reads("data")
def _unlike_their_source(settings: Settings) -> Iterator[Fault]:
    """The database's name and its user come from the source; other names here would be wrong in every service.

    Version and storage are not compared, since both may grow once the database exists.
    """
    databases = settings.data.postgres
    names = {_identifier(settings, name): name for name in databases}
    for name, restored in databases.items():
        source = names.get(_source_identifier(restored) or "", name)
        for key in ("database", "username"):
            value, original = getattr(restored, key), getattr(databases[source], key)
            if value != original:
                yield Fault(
                    f"data.postgres.{name}.{key}",
                    f"is {value}, and {source}, from which it is restored, has {original}; write that",
                )


def _identifier(settings: Settings, name: str) -> str:
    """The instance's identifier in AWS."""
    return physical_name("rds", settings.stack, name)


def _source_identifier(database: Postgres) -> str | None:
    source = database.restore_from
    return source.point_in_time.source if source is not None and source.point_in_time is not None else None


@reads("data", "observability")
def _slow_statements(settings: Settings) -> Iterator[Fault]:
    alarms = settings.observability.alarms
    if alarms is not None and alarms.slow_query_ms is not None:
        for name, database in settings.data.postgres.items():
            yield from _log_faults(f"data.postgres.{name}", database, alarms.slow_query_ms)


def _log_faults(key: str, database: Postgres, slow_ms: int) -> Iterator[Fault]:
    logged_ms = database.log_min_duration_ms
    if logged_ms < 0 or logged_ms > slow_ms:
        why = "no slow statement is logged" if logged_ms < 0 else "some slow statements are not logged"
        yield Fault(
            f"{key}.log_min_duration_ms",
            f"is {logged_ms}, so that {why} for {_SLOW} ({slow_ms}); write less than that, such as {slow_ms // 4}",
        )
    if "log_min_duration_statement" in database.parameters:
        yield Fault(
            f"{key}.parameters.log_min_duration_statement",
            f"overrides log_min_duration_ms, which {_SLOW} needs; set that instead",
        )
    for parameter in _FORM_OF_THE_LOG:
        if parameter in database.parameters:
            yield Fault(
                f"{key}.parameters.{parameter}",
                f"changes the format of the log, which {_SLOW} reads; remove one of them",
            )
