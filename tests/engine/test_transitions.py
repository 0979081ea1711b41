"""Twenty changes of settings of every shipped stack: the engine does what the offline transition says.

A preview takes seconds, so changes that touch different resources share one: offline, their common transition
has to be exactly what each of them does alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
import yaml

from preview.plan import Plan
from preview.run import ROOT, ProgramError
from preview.transition import Resource, of_records, transition
from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.engine.edits import EDITS, apply
from tests.stacks import FILES, planned, varied

AT_LEAST = 20
EVERY_FILE = pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
Actions = Mapping[str, str]


def changed(name: str, edits: Iterable[str]) -> tuple[Plan, dict[str, Any]] | None:
    """The plan with some edits, and the settings that it is of; None where the stack has not what they change."""
    areas_of: dict[str, Any] = {}

    def change(areas: dict[str, Any]) -> None:
        areas_of.update({"applied": all(apply(edit, areas) for edit in edits), "areas": areas})

    plan = varied(name, change)
    return (plan, areas_of["areas"]) if areas_of["applied"] else None


def actions(before: Iterable[Resource], plan: Plan) -> Actions:
    """What becomes of each resource that does not stay as it is."""
    outcomes = transition(before, of_records(plan.phases["deployed"].records)).outcomes.values()
    return {outcome.urn: outcome.action for outcome in outcomes if outcome.action != "same"}


def alone(name: str, before: Iterable[Resource]) -> dict[str, Actions]:
    """What each edit does alone, of those that the stack takes and that change it."""
    found: dict[str, Actions] = {}
    for edit in EDITS:
        # A stack whose other settings do not go with the edit is not changed by it.
        with suppress(ProgramError):
            made = changed(name, [edit])
            if made and (does := actions(before, made[0])):
                found[edit] = does
    return found


def together(found: Mapping[str, Actions]) -> list[list[str]]:
    """The edits in groups whose members touch different resources."""
    groups: list[list[str]] = []
    for edit in sorted(found, key=lambda edit: -len(found[edit])):
        free = (group for group in groups if all(found[edit].keys().isdisjoint(found[other]) for other in group))
        group = next(free, None)
        if group is None:
            groups.append([edit])
        else:
            group.append(edit)
    return groups


def of_engine(made: Workspace) -> Actions:
    """What the engine's preview would do with each resource of AWS, in the words of a transition."""
    words = {"create": "created", "update": "updated", "delete": "deleted", "replace": "replaced"}
    steps = [(step["urn"], step["op"]) for step in made.preview()["steps"]]
    return {urn: words[op] for urn, op in steps if op in words and "$aws:" in urn}


def write(made: Workspace, areas: Mapping[str, Any]) -> None:
    """Give the stack other settings."""
    file = yaml.safe_load(made.settings_file.read_text(encoding="utf-8"))
    others = {key: value for key, value in file["config"].items() if not key.startswith("agent-platform:")}
    file["config"] = {**others, **{f"agent-platform:{key}": value for key, value in areas.items()}}
    made.settings_file.write_text(yaml.safe_dump(file), encoding="utf-8")


def differing(engine: Actions, offline: Actions) -> Iterator[str]:
    for urn in sorted({*engine, *offline}):
        if engine.get(urn) != offline.get(urn):
            yield f"{urn}: engine {engine.get(urn)}, offline {offline.get(urn)}"


@pytest.mark.check
@EVERY_FILE
def test_the_engine_does_what_the_transition_says(workspace: MakeWorkspace, name: str) -> None:
    before = of_records(planned(name).phases["deployed"].records)
    found = alone(name, before)
    assert len(found) >= AT_LEAST
    made = workspace(ROOT, ROOT / name)
    made.up()
    for group in together(found):
        plan = changed(name, group)
        assert plan is not None
        expected = {urn: action for edit in group for urn, action in found[edit].items()}
        assert actions(before, plan[0]) == expected, group
        write(made, plan[1])
        shown = {urn: action for urn, action in expected.items() if "$aws:" in urn}
        assert list(differing(of_engine(made), shown)) == [], group
