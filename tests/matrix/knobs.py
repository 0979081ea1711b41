"""The knobs of a stack file: every setting, and the kind of entry that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic.fields import FieldInfo

from settings.keys import Key, keys

__all__ = ["ENTRIES", "Knob", "knobs"]

ENTRIES: tuple[str, ...] = (
    "data.postgres",
    "data.redis",
    "data.file_systems",
    "data.buckets",
    "data.queues",
    "data.secrets",
    "data.tables",
    "compute.services",
    "compute.tasks",
    "compute.schedules",
    "observability.custom_metrics",
)
"""The kinds of which a stack may have many entries, each with a name."""


@dataclass(frozen=True, slots=True)
class Knob:
    """A setting, as a setting of an entry or of the whole stack."""

    key: Key

    @property
    def path(self) -> str:
        """The path of its key."""
        return self.key.path

    @property
    def field(self) -> FieldInfo:
        """The field of its model."""
        return self.key.field

    @property
    def help(self) -> str:
        """What the schema says of it."""
        return self.key.help

    @property
    def optional(self) -> tuple[str, ...]:
        """The beginnings of its path at which a model may be left out that needs nothing else."""
        return self.key.optional

    @property
    def entry(self) -> str:
        """The kind of entry that it is a setting of, such as `data.postgres`; empty for one of the whole stack."""
        return next((kind for kind in ENTRIES if self.path.startswith(f"{kind}.*.")), "")

    @property
    def within(self) -> str:
        """The path below the entry, or the whole one."""
        return self.path.removeprefix(f"{self.entry}.*.") if self.entry else self.path


@cache
def knobs() -> dict[str, Knob]:
    """All knobs by path."""
    return {path: Knob(key) for path, key in keys().items()}
