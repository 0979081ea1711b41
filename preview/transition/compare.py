"""What `up` makes of a stack, from the resources that it has to those that its program registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from preview.transition.changes import changes, is_ignored, kept_because, means_nothing, replaces, top
from preview.transition.deletions import deletion_refused
from preview.transition.facts.windows import waits
from preview.transition.model import Outcome, Transition, Unapplied
from preview.transition.priorities import LISTENER_RULE, RuleChange, priority_refusals
from preview.transition.refusals import update_refusals
from preview.transition.resources import Resource
from preview.transition.values import UNKNOWN, bare, holds, texts

__all__ = ["transition"]

# Shorter texts stand in any value by chance.
_SHORTEST = 6
# Old revisions stay usable by what runs with them.
_REVISION = "aws:ecs/taskDefinition:TaskDefinition"
# The property that takes the automatic name, where it is not `name`.
_NAMES = {
    "aws:cloudwatch/eventTarget:EventTarget": "targetId",
    "aws:rds/instance:Instance": "identifier",
    "aws:s3/bucket:Bucket": "bucket",
}


def transition(old: Iterable[Resource], new: Iterable[Resource]) -> Transition:
    """What becomes of each resource between two phases of one stack."""
    return _Comparison(old, new).result()


class _Comparison:
    """Compares two phases. `moved` are the resources of the new one that are created, or replaced."""

    def __init__(self, old: Iterable[Resource], new: Iterable[Resource]) -> None:
        self.old = {resource.urn: resource for resource in old}
        self.new = {resource.urn: resource for resource in new}
        self.pairs = {urn: self._earlier(resource) for urn, resource in self.new.items()}
        self.now = {earlier.urn: urn for urn, earlier in self.pairs.items() if earlier}
        self.gone = self.old.keys() - self.now.keys()
        self.moved = {urn for urn, earlier in self.pairs.items() if earlier is None}
        self.made_up: dict[str, frozenset[str]] = {}

    def result(self) -> Transition:
        outcomes = {urn: self._outcome(urn) for urn in self.new}
        pending = set(self.moved)
        while True:
            replaced = {urn for urn, outcome in outcomes.items() if outcome.action == "replaced"}
            pending |= replaced - self.moved
            self.moved |= replaced
            if not pending:
                break
            affected = [urn for urn in self.new if urn not in pending and self._depends_on(urn, pending)]
            pending = set()
            outcomes |= {urn: self._outcome(urn) for urn in affected if outcomes[urn].action != "replaced"}
        outcomes |= {urn: _deleted(self.old[urn]) for urn in sorted(self.gone)}
        outcomes = {urn: self._with_references(outcome) for urn, outcome in outcomes.items()}
        for urn, reason in priority_refusals(self._rules(outcomes), self._current, self._is_replaced):
            outcomes[urn] = replace(outcomes[urn], refused=(*outcomes[urn].refused, reason))
        return Transition(outcomes=outcomes)

    def _earlier(self, resource: Resource) -> Resource | None:
        return next((self.old[urn] for urn in (resource.urn, *resource.aliases) if urn in self.old), None)

    def _current(self, urn: str) -> str:
        return self.now.get(urn, urn)

    def _is_replaced(self, urn: str) -> bool:
        return urn in self.moved

    def _depends_on(self, urn: str, others: set[str]) -> bool:
        return any(not others.isdisjoint(urns) for urns in self.new[urn].property_dependencies.values())

    def _outcome(self, urn: str) -> Outcome:
        old, new = self.pairs[urn], self.new[urn]
        if old is None:
            return Outcome(urn=urn, type=new.type, action="created")
        inputs = self._settled(old, new)
        found = [
            (path, kind) for path, kind in self._changes(old, new, inputs) if not is_ignored(path, new.ignore_changes)
        ]
        kept = [(path, reason) for path, kind in found if (reason := kept_because(new.type, path, kind))]
        unapplied = [
            Unapplied(path, why)
            for path, why in kept
            if not means_nothing(new.type, path, _at(old.inputs, path), inputs)
        ]
        changed = [path for path, _ in found if path not in dict(kept)]
        verdicts = {path: self._replaces(old, new, inputs, path) for path in changed}
        because = tuple(dict.fromkeys(top(path) for path, verdict in verdicts.items() if verdict))
        uncertain = tuple(dict.fromkeys(top(path) for path, verdict in verdicts.items() if verdict is None))
        if because:
            return _replaced(old, new, because, changed)
        names = dict.fromkeys(map(top, changed))
        return Outcome(
            urn=urn,
            type=new.type,
            action="updated" if changed else "same",
            changed=tuple(changed),
            uncertain=uncertain,
            refused=update_refusals(new.type, old.inputs, inputs) if changed else (),
            unapplied=tuple(unapplied),
            deferred=tuple(name for name in names if waits(new.type, name, old.inputs, inputs)),
        )

    def _settled(self, old: Resource, new: Resource) -> Mapping[str, Any]:
        """The new inputs, with old values for what is unknown, or made up, and comes from what has not changed."""
        return {key: self._settled_value(old, new, key, value) for key, value in new.inputs.items()}

    def _settled_value(self, old: Resource, new: Resource, key: str, value: Any) -> Any:
        if key not in old.inputs or not self._is_steady(old, new, key):
            return value
        sources = new.property_dependencies.get(key, ())
        if not sources:
            return value
        earlier = {urn: self.pairs.get(urn) for urn in sources}
        renamed = [urn for urn, resource in earlier.items() if resource and resource.urn != urn]
        return old.inputs[key] if self._mentions(value, renamed) else _filled(old.inputs[key], value)

    def _is_steady(self, old: Resource, new: Resource, key: str) -> bool:
        before = {self._current(urn) for urn in old.property_dependencies.get(key, ())}
        after = set(new.property_dependencies.get(key, ()))
        return before == after and self.moved.isdisjoint(after)

    def _changes(self, old: Resource, new: Resource, inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What differs, and what comes from another resource than before, or from one that is replaced."""
        found = list(changes(dict(old.inputs), dict(inputs)))
        yield from found
        differing = {top(path) for path, _ in found}
        for key in sorted((inputs.keys() & old.inputs.keys()) - differing):
            moved = [urn for urn in new.property_dependencies.get(key, ()) if urn in self.moved]
            unknown = holds(inputs[key], UNKNOWN) and not self._is_steady(old, new, key)
            if unknown or self._mentions(inputs[key], moved):
                yield key, "update"

    def _mentions(self, value: Any, urns: Iterable[str]) -> bool:
        """Whether what AWS makes up for one of these resources stands in `value`."""
        marks = [mark for urn in urns for mark in self._marks(urn)]
        return bool(marks) and any(mark in text for text in texts(value).values() for mark in marks)

    def _marks(self, urn: str) -> frozenset[str]:
        """What AWS makes up for a resource: its id and other outputs, less what its inputs say."""
        if urn not in self.made_up and urn in self.new:
            resource = self.new[urn]
            stated = set(texts(dict(resource.inputs)).values())
            outputs = set(texts(dict(resource.outputs)).values())
            self.made_up[urn] = frozenset(text for text in outputs - stated if len(text) >= _SHORTEST)
        return self.made_up.get(urn, frozenset())

    def _replaces(self, old: Resource, new: Resource, inputs: Mapping[str, Any], path: str) -> bool | None:
        """Whether the change at `path` replaces the resource; None where it is unknown whether it is one."""
        verdict = is_ignored(path, new.replace_on_changes) or replaces(new.type, path, old.inputs, inputs)
        before = _at(old.inputs, path)
        unknown = before is not None and (holds(before, UNKNOWN) or holds(_at(inputs, path), UNKNOWN))
        moved = not self.moved.isdisjoint(new.property_dependencies.get(top(path), ()))
        return None if verdict and unknown and not moved else verdict

    def _with_references(self, outcome: Outcome) -> Outcome:
        """The outcome with what refers to a resource that is gone: in ignored properties, and in blocks that stay."""
        new, old = self.new.get(outcome.urn), self.pairs.get(outcome.urn)
        if new is None or old is None:
            return outcome
        lost = {urn for urn in self.old if urn in self.gone or self.now.get(urn) in self.moved}
        lost = {urn for urn in lost if self.old[urn].type != _REVISION}
        ignored = [key for key in old.inputs if is_ignored(key, new.ignore_changes)]
        dangling = [(key, urn) for key in ignored for urn in old.property_dependencies.get(key, ()) if urn in lost]
        unapplied = tuple(_naming(one, old, lost) for one in outcome.unapplied)
        return replace(outcome, dangling=tuple(dangling), unapplied=unapplied)

    def _rules(self, outcomes: Mapping[str, Outcome]) -> list[RuleChange]:
        of_new = [urn for urn, resource in self.new.items() if resource.type == LISTENER_RULE]
        of_old = [urn for urn in self.gone if self.old[urn].type == LISTENER_RULE]
        found = [RuleChange(self.pairs[u], self.new[u], outcomes[u].action, outcomes[u].delete_first) for u in of_new]
        return [*found, *(RuleChange(self.old[urn], None, "deleted", False) for urn in sorted(of_old))]


def _replaced(old: Resource, new: Resource, because: tuple[str, ...], changed: list[str]) -> Outcome:
    name = _NAMES.get(new.type, "name")
    # The bridge deletes first what has a name of its own, since two cannot have one name.
    same_name = name in new.inputs and new.inputs[name] == old.inputs.get(name)
    first = same_name if new.delete_before_replace is None else new.delete_before_replace
    return _guarded(
        old,
        Outcome(
            urn=new.urn, type=new.type, action="replaced", changed=tuple(changed), because=because, delete_first=first
        ),
    )


def _deleted(old: Resource) -> Outcome:
    return _guarded(old, Outcome(urn=old.urn, type=old.type, action="deleted"))


def _guarded(old: Resource, outcome: Outcome) -> Outcome:
    """The outcome of a resource that exists no longer, with what keeps Pulumi or AWS from deleting it."""
    return replace(outcome, retained=old.retain_on_delete, refused=deletion_refused(old))


def _naming(one: Unapplied, old: Resource, lost: set[str]) -> Unapplied:
    names = [urn.rpartition("::")[2] for urn in old.property_dependencies.get(top(one.path), ()) if urn in lost]
    return replace(one, reason=f"{one.reason}; it names {', '.join(names)}, which is deleted") if names else one


def _filled(old: Any, new: Any) -> Any:
    """The new value with the old one in place of what is unknown."""
    if new is UNKNOWN:
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _filled(old.get(key, UNKNOWN), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [_filled(a, b) for a, b in zip(old, new, strict=True)]
    return new


def _at(inputs: Mapping[str, Any], path: str) -> Any:
    """The value of the top-level property, or of a plain path, within the inputs."""
    value: Any = inputs
    for key in bare(path).split("."):
        if not isinstance(value, Mapping):
            return value
        value = value.get(key)
    return value
