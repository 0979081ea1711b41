"""Every knob with its cases: three values each, from its type or by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from tests.matrix.by_hand import ROWS
from tests.matrix.knobs import ENTRIES, Knob, knobs
from tests.matrix.stacks import BASES, PREFIXES
from tests.matrix.values import Case, Patch, derived, of

__all__ = ["NO_KNOBS", "cases", "without_values"]

_METRIC = {"metrics": {"first": {}}}

NO_KNOBS = {
    "stack": "the stack's name comes from the CLI",
    "region": "a stack does not move to another region: its resources are of the old one",
    "other_keys": "no setting: what the configuration has in other namespaces, which settings name or nobody reads",
}
"""Fields of the settings that nobody changes in a stack that exists."""


@cache
def cases() -> tuple[Case, ...]:
    """The cases of every knob."""
    return tuple(case for path, knob in knobs().items() if path not in NO_KNOBS for case in _cases(knob))


def without_values() -> list[str]:
    """Knobs for which neither their type nor a table has values."""
    known = {case.knob for case in cases()}
    return [path for path in knobs() if path not in known and path not in NO_KNOBS]


def _cases(knob: Knob) -> Iterator[Case]:
    if knob.path in ENTRIES:
        yield _entries(knob.path)
        return
    rows = ROWS.get(knob.path)
    if rows is None:
        found = derived(knob, BASES.get(knob.entry, {}))
        rows = of(*found) if found else ()
    for row in (rows,) if isinstance(rows, Case) else rows:
        yield replace(row, knob=knob.path)


def _entries(kind: str) -> Case:
    """No entry, one, and two."""
    area, key = kind.split(".")
    task = {"compute": {"tasks": {"job": BASES["compute.tasks"]}}} if key == "schedules" else {}
    name, base = PREFIXES[kind].lower(), BASES.get(kind, _METRIC if key == "custom_metrics" else {})
    first, second = (
        Patch({area: {key: {f"{name}-{role}": _named(base, role) for role in roles}}})
        for roles in (("more",), ("more", "other"))
    )
    return replace(of(first, second, task), knob=kind)


def _named(base: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: [name] if value == ["{name}"] else value for key, value in base.items()}
