"""Keys of a secret's JSON that differ by one letter, of which one is probably a slip."""

from __future__ import annotations

from collections.abc import Iterator

from settings.hints.registry import hints_at
from settings.model import Hint
from settings.slips import slip_of
from settings.stack import Settings


@hints_at
def _json_keys(settings: Settings) -> Iterator[Hint]:
    used: dict[str, dict[str, str]] = {}
    for path, workload in settings.compute.workloads.items():
        for variable, (name, key) in workload.secret_refs.items():
            if key is not None:
                used.setdefault(name, {}).setdefault(key, f"compute.{path}.secrets.{variable}")
    for name, keys in used.items():
        for key, place in keys.items():
            if (other := slip_of(key, [earlier for earlier in keys if earlier < key])) is not None:
                yield Hint(
                    place, f"reads the key {key} of {name}, and {other} is read elsewhere; if they are one, mend it"
                )
