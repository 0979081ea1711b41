"""Lines of a system's table: each is asserted on the plan, and fails when the component behind it is taken out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from preview.plan import Phase, Plan, Record

__all__ = ["Line", "check", "container", "document", "of", "taken_out", "without"]


class Line(NamedTuple):
    """One line of the table: its text, the assertion, and the types (or names) of what it speaks of."""

    text: str
    assertion: Callable[[Plan], None]
    behind: tuple[str, ...]


def check(line: Line, plan: Plan) -> None:
    """The line holds."""
    line.assertion(plan)


def taken_out(line: Line, plan: Plan) -> list[str]:
    """What of `line.behind` can be taken out without the assertion noticing; nothing should."""
    unnoticed = []
    for part in line.behind:
        poorer = without(plan, part)
        assert poorer is not None, f"{part} is not in the plan"
        try:
            line.assertion(poorer)
        except (AssertionError, KeyError, IndexError):
            continue
        unnoticed.append(part)
    return unnoticed


def without(plan: Plan, part: str) -> Plan | None:
    """The plan without the resources whose type or `type::name` ends in `part`, and all below them."""
    phases = {}
    for name, phase in plan.phases.items():
        gone = {r.urn for r in phase.records if r.type.endswith(part) or f"{r.type}::{r.name}".endswith(part)}
        if not gone:
            return None
        while below := {r.urn for r in phase.records if r.parent in gone} - gone:
            gone |= below
        kept = tuple(r for r in phase.records if r.urn not in gone)
        phases[name] = dataclasses.replace(phase, records=kept)
    return dataclasses.replace(plan, phases=phases)


def of(plan: Plan, type_: str, name: str | None = None) -> Record:
    """The one resource of a type (given by its end) and name, as deployed."""
    found = [
        r for r in plan.phases["deployed"].records if r.type.endswith(type_) and name in (None, r.name) and r.custom
    ]
    assert len(found) == 1, f"{len(found)} of {type_} {name or ''}: {[r.name for r in found]}"
    return found[0]


def document(record: Record, prop: str) -> Any:
    """A JSON property, parsed."""
    return json.loads(record.inputs[prop])


def container(plan: Plan, name: str) -> dict[str, Any]:
    """The container of a service's task definition."""
    return document(of(plan, ":TaskDefinition", f"{name}-task"), "containerDefinitions")[0]


def names(phase: Phase, urns: Iterable[str]) -> set[str]:
    """The logical names behind `urns`."""
    by_urn = phase.by_urn()
    return {by_urn[urn].name for urn in urns if urn in by_urn}
