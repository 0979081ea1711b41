"""The URNs of each shipped stack file, and what identifies its stateful resources: read, compared, added to.

`python -m tests.program.urn_snapshot` (`make urns`) adds the lines of new resources; it changes and removes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from preview.plan import Phase, Record, masked
from preview.transition.changes import forces_replacement
from preview.transition.facts.stateful import STATEFUL
from preview.wire import UNKNOWN
from tests.stacks import FILES, planned

__all__ = ["FOLDER", "Line", "Snapshot", "add_new", "faults", "line_of", "path_of", "read"]

FOLDER = Path(__file__).parent / "urns"
_MOST = 20

RENAMED = """\
Pulumi would delete these resources, since no resource of the plan has such a URN, or an alias with it.
  - If you renamed or moved one, give the resource its old URN as an alias, in the options of the child:
    `self.child_opts(aliases=[pulumi.Alias(name="old-name")])`; of a top-level component:
    `ctx.opts(origin, aliases=[pulumi.Alias(name="old-name")])`. After a rename of a class it is
    `pulumi.Alias(type_="agent-platform:area:OldClass")`, and after a move `pulumi.Alias(parent=old_parent_urn)`.
    Begin with the component: children whose names begin with its name inherit its aliases.
  - If you mean to delete one, delete its line by hand."""
CHANGED = """\
AWS would replace these resources, and what they hold would be lost.
  - Undo the change of the inputs, or ignore it (`ignore_changes`) where the resource exists already.
  - If you mean to replace one, change its line by hand."""
NEW = "These resources are new: run `make urns`, and commit the lines that it adds."

Snapshot = Mapping[str, "Line"]


class Line(NamedTuple):
    """One line of a snapshot: a URN, and the identity of a stateful resource; None for any other."""

    urn: str
    identity: dict[str, Any] | None = None

    def __str__(self) -> str:
        return self.urn if self.identity is None else f"{self.urn} {json.dumps(self.identity, sort_keys=True)}"

    @classmethod
    def parse(cls, text: str) -> Line:
        """The line that `text` is."""
        urn, space, identity = text.partition(" {")
        return cls(urn, json.loads(f"{{{identity}") if space else None)


def path_of(stack: str) -> Path:
    """The file of a stack's snapshot."""
    return FOLDER / f"{stack}.txt"


def read(path: Path) -> dict[str, Line]:
    """The snapshot in a file, by URN; empty without the file."""
    texts = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.urn: line for line in map(Line.parse, texts)}


def line_of(record: Record) -> Line:
    """The line of a resource: with the inputs whose change replaces it, if it is stateful.

    Where a value comes from another resource, and so is unknown at preview, that resource's URN stands for it.
    """
    if record.type not in STATEFUL:
        return Line(record.urn)
    inputs = masked(_with_urns(record), frozenset(record.secret))
    identity = {
        key: value
        for key, value in inputs.items()
        if key not in record.ignore_changes
        and (forces_replacement(record.type, key) or key in record.replace_on_changes)
    }
    return Line(record.urn, identity)


def _with_urns(record: Record) -> dict[str, Any]:
    """The inputs with URNs in place of unknown values."""

    def filled(value: Any, urns: tuple[str, ...]) -> Any:
        if value is UNKNOWN and urns:
            return urns[0] if len(urns) == 1 else list(urns)
        if isinstance(value, dict):
            return {key: filled(item, urns) for key, item in value.items()}
        return [filled(item, urns) for item in value] if isinstance(value, list) else value

    return {key: filled(value, record.property_dependencies.get(key, ())) for key, value in record.inputs.items()}


def faults(snapshot: Snapshot, phase: Phase) -> str:
    """What is wrong between a snapshot and a plan, with how to mend it; empty where nothing is."""
    current = {urn: record for record in phase.records for urn in (*record.aliases, record.urn)}
    lost = [urn for urn in snapshot if urn not in current]
    changed = [text for line in snapshot.values() if line.urn in current for text in _changes(line, current)]
    new = [record.urn for record in phase.records if record.urn not in snapshot]
    sections = ((RENAMED, lost), (CHANGED, changed), (NEW, new))
    return "\n".join(f"{title}\n{_listed(items)}" for title, items in sections if items)


def _changes(line: Line, current: Mapping[str, Record]) -> Iterator[str]:
    """The inputs that identify a stateful resource and are not as they were."""
    record = current[line.urn]
    before, after = _resolved(line.identity or {}, current), line_of(record).identity or {}
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            texts = [json.dumps(values[key]) if key in values else "not set" for values in (before, after)]
            yield f"{line.urn} ({_held(record.type)}): {key} was {texts[0]}, and is {texts[1]}"


def _resolved(value: Any, current: Mapping[str, Record]) -> Any:
    """The value with each URN as it is now, so that a renamed key is still the same key."""
    if isinstance(value, str) and value in current:
        return current[value].urn
    if isinstance(value, dict):
        return {key: _resolved(item, current) for key, item in value.items()}
    return [_resolved(item, current) for item in value] if isinstance(value, list) else value


def _held(type_: str) -> str:
    held = STATEFUL.get(type_)
    return held.holds if held else type_


def _listed(items: list[str]) -> str:
    more = [f"  … and {len(items) - _MOST} more"] if len(items) > _MOST else []
    return "\n".join([*(f"    {item}" for item in items[:_MOST]), *more])


def add_new(path: Path, records: Iterable[Record]) -> int:
    """Add the lines of resources that the file does not have, in order, and say how many they are."""
    texts = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    known = {Line.parse(text).urn for text in texts}
    new = [str(line_of(record)) for record in records if record.urn not in known]
    if new:
        path.parent.mkdir(exist_ok=True)
        lines = sorted([*texts, *new], key=lambda text: Line.parse(text).urn)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(new)


def main() -> None:
    """Add what is new to the snapshots of all shipped stack files."""
    for file in FILES:
        plan = planned(file.as_posix())
        count = add_new(path_of(plan.stack), plan.phases["preview"].records)
        print(f"{path_of(plan.stack).name}: {count} new")


if __name__ == "__main__":
    main()
