"""Refuses what the engine or AWS would refuse and a mock lets pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from preview.group_rules import equal_rules
from preview.plan import STACK_TYPE, Phase
from preview.required import missing
from preview.wire import is_asset, join

__all__ = ["across", "within"]

_STR_OF_OUTPUT = "Calling __str__ on an Output"
_MISSING = (
    "{} is required, and missing: it is made of an output that has no value, such as a field that the provider "
    "computes within an object and that preview/computed_keys.py does not have"
)
_NONE_TEXT = re.compile(r"(?:\A|[^\w\s])None(?:[^\w\s]|\Z)")


def within(phase: Phase) -> list[str]:
    """Faults of one phase: a None or an Output's text in an input or an export, a missing argument, an equal rule."""
    faults = []
    for record in phase.records:
        found = [*_bad_values(record.inputs), *(_MISSING.format(path) for path in missing(record.type, record.inputs))]
        faults += [f"{record.name} ({record.type}): {fault}" for fault in found]
    faults += equal_rules(phase.by_urn())
    return faults + [f"stack output {fault}" for fault in _bad_values(phase.outputs)]


def across(phases: list[Phase]) -> list[str]:
    """Faults between phases: a resource in one of them only was created inside an `apply`."""
    if len(phases) < 2:
        return []
    first, second = (set(phase.by_urn()) for phase in phases)
    return [
        f"{urn.split('::')[-1]} ({urn.split('::')[2].split('$')[-1]}) exists in the {name} phase only: "
        "it is created inside an apply, where a preview cannot see it"
        for name, only in ((phases[0].name, first - second), (phases[1].name, second - first))
        for urn in sorted(only)
    ]


def unregistered(phase: Phase) -> list[str]:
    """Components that did not call `register_outputs` exactly once."""
    return [
        f"{record.name} ({record.type}) called register_outputs {count} times, not once"
        for record in phase.records
        if not record.custom
        and record.type != STACK_TYPE
        and not record.type.startswith("awsx:")
        and (count := phase.output_registrations.get(record.urn, 0)) != 1
    ]


def _bad_values(value: Any, path: str = "") -> Iterator[str]:
    if value is None:
        yield f"{path} is None; leave the property out, or give it a value"
    elif isinstance(value, str):
        if _STR_OF_OUTPUT in value:
            yield f"{path} holds the text of an Output object; build it with Output.concat or apply"
        elif _NONE_TEXT.search(value):
            yield f"{path} holds the text 'None'; some value it is built from is missing"
    elif isinstance(value, dict) and not is_asset(value):
        for key, item in value.items():
            yield from _bad_values(item, join(path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _bad_values(item, join(path, i))
