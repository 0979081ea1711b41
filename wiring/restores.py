"""Databases that are restored from another one of the stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from settings.data import Postgres
from settings.loader import SettingsError
from settings.model import Fault
from wiring.context import StackContext

__all__ = ["refuse_unlike_sources"]


def refuse_unlike_sources(ctx: StackContext, databases: Mapping[str, Postgres]) -> None:
    """The name of the database and its user come from the source: said otherwise, services would be told wrong ones.

    Version and storage are not compared, since both may grow once the database is there.
    Errors: SettingsError.
    """
    physical_name = {ctx.physical_name("rds", name): name for name in databases}
    faults = [
        fault
        for name, restored in databases.items()
        if (origin := restored.restore_from) is not None
        and origin.point_in_time is not None
        and (source := physical_name.get(origin.point_in_time.source, name)) != name
        for fault in _differences(name, restored, source, databases[source])
    ]
    if faults:
        raise SettingsError(faults)


def _differences(name: str, restored: Postgres, source: str, original: Postgres) -> Iterator[Fault]:
    for key in ("database", "username"):
        found, wanted = getattr(restored, key), getattr(original, key)
        if found != wanted:
            yield Fault(
                f"data.postgres.{name}.{key}",
                f"is {found}, and {source}, from which it is restored, has {wanted}; write that",
            )
