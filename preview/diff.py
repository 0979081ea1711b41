"""What differs between an earlier plan, or a stack's state, and this plan: resources, and outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from policy.guardrails.reading import ReadingError, parse_json, read_text
from preview.plan import PhaseName, Plan
from preview.plan_shape import ShapeError, check_plan, check_state
from preview.transition import Resource, of_plan, of_state
from preview.wire import join

__all__ = ["Change", "DiffError", "Difference", "Earlier", "check_stack", "differences", "read"]

SECRET = "<secret>"
LARGEST = 64 * 1024 * 1024
"""Bytes of a plan or a state; a plan of 4,000 resources has about a third."""
# Never the file that was named: it holds something else.
_ANOTHER = "name a plan that an earlier run wrote with --json"
_OPTIONS = ("protect", "retain_on_delete")
_Resource = tuple[dict[str, Any], dict[str, Any]]


class DiffError(Exception):
    """The earlier plan cannot be read, or is not a plan of this stack; the message is for the user."""


class _Absent:
    """Stands for what is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier plan, as `--json` wrote it, in which secrets are masked; or a state, as `pulumi stack export` did.

    A state has no phases: `state` are its resources. `project` and `stack` are empty where nothing tells them.
    """

    path: Path
    stack: str
    project: str = ""
    phases: dict[str, Any] = field(default_factory=dict)
    state: list[Resource] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; `before` and `after` are texts for the user."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs in one phase, by URN. Components have no inputs, so only their children are listed."""

    phase: PhaseName
    created: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    changed: dict[str, tuple[Change, ...]]
    outputs: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.created or self.deleted or self.changed or self.outputs)


def read(path: Path) -> Earlier:
    """The plan that `--json` wrote to `path`, or the state that `pulumi stack export` did.

    Errors: DiffError for a file that is missing, or neither.
    """
    try:
        content = parse_json(read_text(path, most=LARGEST))
    except OSError as error:
        raise DiffError(f"{path}: {error.strerror}; write a plan with --json {path} first") from None
    except ReadingError as error:
        raise DiffError(f"{path}: {error}; {_ANOTHER}") from None
    try:
        if isinstance(content, dict) and "deployment" in content:
            check_state(content["deployment"])
            return _state(path, content["deployment"])
        check_plan(content)
    except ShapeError as error:
        message = f"{path}: is not a plan, and no state ({error}); {_ANOTHER}, or use pulumi stack export"
        raise DiffError(message) from None
    phases = {name: _Phase(phase) for name, phase in content["phases"].items()}
    return Earlier(path=path, stack=content["stack"], phases=phases)


def _state(path: Path, deployment: dict[str, Any]) -> Earlier:
    urns = [resource["urn"] for resource in deployment.get("resources") or ()]
    scheme, project = urns[0].split("::")[:2] if urns else ("", "")
    return Earlier(path=path, stack=scheme.rpartition(":")[2], project=project, state=of_state(deployment))


def differences(earlier: Earlier, plan: Plan) -> list[Difference]:
    """What differs in each phase that both plans have.

    Errors: DiffError where the plans are of different stacks, or share no phase.
    """
    check_stack(earlier, plan)
    if earlier.state is not None:
        return []
    compared = [
        _compare(phase.name, earlier.phases[phase.name], _Phase(phase.to_json()))
        for phase in plan.phases.values()
        if phase.name in earlier.phases
    ]
    if not compared:
        raise DiffError(
            f"{earlier.path}: has no phase {' or '.join(plan.phases)}; write it with --phase {next(iter(plan.phases))}"
        )
    return compared


def check_stack(earlier: Earlier, plan: Plan) -> None:
    """Errors: DiffError where the earlier plan, or the state, is of another stack or project."""
    kind = "plan" if earlier.state is None else "state"
    if earlier.stack not in ("", plan.stack):
        stacks = f"is a {kind} of {earlier.stack}, and this is one of {plan.stack}"
        raise DiffError(f"{earlier.path}: {stacks}; compare plans of one stack")
    projects = {record.urn.split("::")[1] for phase in plan.phases.values() for record in phase.records}
    if earlier.project and projects and earlier.project not in projects:
        raise DiffError(f"{earlier.path}: is a {kind} of the project {earlier.project}, not {', '.join(projects)}")


class _Phase:
    """A phase's custom resources by URN, and its outputs, as JSON shows them."""

    def __init__(self, phase: dict[str, Any]) -> None:
        self.for_transition = of_plan(phase)
        self.resources = {
            record["urn"]: (dict(record["inputs"]), {name: record[name] for name in _OPTIONS})
            for record in phase["resources"]
            if record["custom"]
        }
        self.outputs: dict[str, Any] = dict(phase["outputs"])


def _compare(name: PhaseName, before: _Phase, after: _Phase) -> Difference:
    both = [urn for urn in after.resources if urn in before.resources]
    changes = {urn: tuple(_of_resource(before.resources[urn], after.resources[urn])) for urn in both}
    return Difference(
        phase=name,
        created=tuple(urn for urn in after.resources if urn not in before.resources),
        deleted=tuple(urn for urn in before.resources if urn not in after.resources),
        changed={urn: changed for urn, changed in changes.items() if changed},
        outputs=tuple(_changes(before.outputs, after.outputs)),
    )


def _of_resource(before: _Resource, after: _Resource) -> Iterator[Change]:
    yield from _changes(before[0], after[0])
    for change in _changes(before[1], after[1]):
        yield Change(f"{change.path} (option)", change.before, change.after)


def _changes(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """The smallest values that differ; JSON in a text is looked into like any other value."""
    if before == after:
        return
    pairs = _opened(before, after)
    if pairs is None:
        secret = SECRET in (before, after)
        yield Change(path, SECRET if secret else _text(before), SECRET if secret else _text(after))
        return
    for key, old, new in pairs:
        yield from _changes(old, new, join(path, key))


def _opened(before: Any, after: Any) -> list[tuple[str | int, Any, Any]] | None:
    """What both hold, side by side, where both are mappings, or both are lists."""
    old, new = _parsed(before), _parsed(after)
    if isinstance(old, dict) and isinstance(new, dict):
        return [(key, old.get(key, ABSENT), new.get(key, ABSENT)) for key in dict.fromkeys((*old, *new))]
    if isinstance(old, list) and isinstance(new, list):
        return list(_aligned(old, new))
    return None


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Items that differ, so that one more in the middle of a list does not change all behind it."""
    texts = [[json.dumps(item, sort_keys=True) for item in items] for items in (old, new)]
    for tag, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if tag != "equal":
            for i in range(max(b - a, d - c)):
                before, after = a + i < b, c + i < d
                yield a + i if before else c + i, old[a + i] if before else ABSENT, new[c + i] if after else ABSENT


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return parse_json(value)
        except ValueError:
            return value
    return value


def _text(value: Any) -> str:
    return repr(value) if value is ABSENT else json.dumps(value, ensure_ascii=False)
