"""Takes a guarantee out of a recorded phase: edits of the records, as a change of a component would make them."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

from policy.guardrails.types import normalise
from preview.plan import Phase, Record
from preview.wire import UNKNOWN

__all__ = ["Draft", "Edit", "both", "document", "drop", "gone", "hide", "parent_of", "point", "put", "untag"]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Draft:
    """The records of a phase, ready to be changed; a resource is named `rds/instance::main`."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase
        self.records = {_key(record): record for record in phase.records}
        self._copied: set[str] = set()

    def __getitem__(self, where: str) -> Record:
        """The draft's own copy of a record, made when it is first asked for."""
        if where not in self._copied:
            self.records[where] = copy.deepcopy(self.records[where])
            self._copied.add(where)
        return self.records[where]

    def change(self, where: str, **fields: Any) -> None:
        """Replace fields of a record."""
        self.records[where] = dataclasses.replace(self[where], **fields)

    def done(self) -> Phase:
        """The phase with the changes."""
        return dataclasses.replace(self.phase, records=tuple(self.records.values()))


Edit = Callable[[Draft], None]


def put(where: str, path: str, value: Any) -> Edit:
    """Set the property at `path`."""

    def edit(draft: Draft) -> None:
        holder, last = parent_of(draft[where].inputs, path)
        holder[last] = value

    return edit


def drop(where: str, path: str) -> Edit:
    """Remove the property at `path`, which must be there."""

    def edit(draft: Draft) -> None:
        holder, last = parent_of(draft[where].inputs, path)
        del holder[last]

    return edit


def gone(where: str) -> Edit:
    """Remove a resource."""

    def edit(draft: Draft) -> None:
        del draft.records[where]

    return edit


def point(where: str, path: str, *targets: str) -> Edit:
    """Make a property name other resources of the same type: by id where ids are known, else by dependency."""

    def edit(draft: Draft) -> None:
        record = draft[where]
        found = [draft[target] for target in targets]
        ids = [UNKNOWN if draft.phase.name == "preview" else target.id for target in found]
        holder, last = parent_of(record.inputs, path)
        listed = isinstance(holder, dict) and isinstance(holder.get(last), list)
        holder[last] = ids if listed or len(ids) > 1 else ids[0]
        prop = path.partition(".")[0].partition("[")[0]
        types = {target.type for target in found}
        urns = {known.urn: known.type for known in draft.phase.records}
        kept = [urn for urn in record.property_dependencies.get(prop, ()) if urns.get(urn) not in types]
        named = (*kept, *(target.urn for target in found))
        draft.change(where, property_dependencies={**record.property_dependencies, prop: named})

    return edit


def document(where: str, prop: str, change: Callable[[Any], None]) -> Edit:
    """Change a JSON document in place; it must be known."""

    def edit(draft: Draft) -> None:
        body = json.loads(draft[where].inputs[prop])
        change(body)
        draft[where].inputs[prop] = json.dumps(body)

    return edit


def hide(where: str, prop: str) -> Edit:
    """Let `ignoreChanges` hide a property."""
    return lambda draft: draft.change(where, ignore_changes=(*draft[where].ignore_changes, prop))


def untag(where: str) -> Edit:
    """Take the default tags from the provider, and with them from the resource."""

    def edit(draft: Draft) -> None:
        del draft["pulumi:providers:aws::aws"].inputs["defaultTags"]
        del draft[where].inputs["tags"]

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(draft: Draft) -> None:
        for each in edits:
            each(draft)

    return edit


def parent_of(tree: Any, path: str) -> tuple[Any, Any]:
    """What holds the last step of `path`, and that step; missing maps are made."""
    steps: list[Any] = [name or int(index) for name, index in _STEP.findall(path)]
    for step in steps[:-1]:
        tree = tree.setdefault(step, {}) if isinstance(tree, dict) else tree[step]
    return tree, steps[-1]


def _key(record: Record) -> str:
    return f"{normalise(record.type)}::{record.name}"
