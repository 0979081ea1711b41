"""Compares a resource's inputs property by property, and says what the provider makes of each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from preview.transition.facts.blocks import AS_LEFT_OUT, KEPT_BLOCKS
from preview.transition.facts.computed import computed
from preview.transition.facts.conditions import CONDITIONS
from preview.transition.facts.idle import IDLE, RESET
from preview.transition.facts.replacing import REPLACING, REVISIONS
from preview.transition.values import SECRET, bare
from preview.wire import join

__all__ = [
    "after_update",
    "changes",
    "forces_replacement",
    "is_ignored",
    "kept_because",
    "means_nothing",
    "replaces",
    "top",
]

_NAMES = frozenset({"name", "namePrefix", "region"})
_COMPUTED = "the property is Optional and Computed: left out, it keeps its value"
_ABSENT = object()


def changes(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path that differs, with `add`, `delete` or `update`. A secret that is masked is taken as unchanged."""
    if SECRET in (old, new) and _ABSENT not in (old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from changes(old.get(key, _ABSENT), new.get(key, _ABSENT), join(path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for i in range(max(len(old), len(new))):
            yield from changes(old[i] if i < len(old) else _ABSENT, new[i] if i < len(new) else _ABSENT, join(path, i))
    elif old is _ABSENT:
        yield path, "add"
    elif new is _ABSENT:
        yield path, "delete"
    elif old != new:
        yield path, "update"


def top(path: str) -> str:
    """The top-level property of a path."""
    return path.partition(".")[0].partition("[")[0]


def is_ignored(path: str, ignored: Iterable[str]) -> bool:
    """Whether the program tells the engine to ignore what lies at `path`."""
    return any(_lies_in(bare(path), bare(rule.replace("[*]", ""))) for rule in ignored)


def _lies_in(path: str, outer: str) -> bool:
    return outer in ("*", path) or path.startswith(f"{outer}.")


def forces_replacement(type_: str, path: str) -> bool:
    """Whether any change of what lies at `path` of its inputs replaces a resource of `type_`."""
    parts = bare(path).split(".")
    if type_ in REVISIONS:
        return parts[0] not in REVISIONS[type_]
    beginnings = {".".join(parts[: i + 1]) for i in range(len(parts))}
    return parts[0] in _NAMES or not beginnings.isdisjoint(REPLACING.get(type_, frozenset()))


def replaces(type_: str, path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """Whether this change, from the inputs `old` to `new`, replaces the resource; None where that is unknown."""
    if forces_replacement(type_, path):
        return True
    condition = CONDITIONS.get(type_, {}).get(top(path))
    return condition(old, new) if condition else False


def kept_because(type_: str, path: str, kind: str) -> str | None:
    """Why what lies at `path` keeps its value although the program leaves it out; None where it does not."""
    if kind != "delete" or path.endswith("]") or type_ in REVISIONS or path in _NAMES:
        return None
    name = bare(path)
    if name in RESET.get(type_, ()):
        return None
    return KEPT_BLOCKS.get(type_, {}).get(name) or (_COMPUTED if name in computed(type_) else None)


def means_nothing(type_: str, path: str, value: Any, new: Mapping[str, Any]) -> bool:
    """Whether what is left out meant the same as nothing, or does beside the `new` inputs."""
    idle = IDLE.get(type_, {}).get(bare(path))
    if idle is not None and idle(new):
        return True
    members = AS_LEFT_OUT.get(type_, {}).get(bare(path))
    return bool(members) and isinstance(value, dict) and all(value.get(k) == v for k, v in members.items())


def after_update(type_: str, old: Any, new: Any, path: str = "") -> Any:
    """What AWS has after an update from `old` to `new`: the new values, and of the old ones what is kept."""
    if isinstance(old, dict) and isinstance(new, dict):
        kept = {key: item for key, item in old.items() if key not in new}
        return {
            **{key: item for key, item in kept.items() if kept_because(type_, join(path, key), "delete")},
            **{
                key: after_update(type_, old[key], item, join(path, key)) if key in old else item
                for key, item in new.items()
            },
        }
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [after_update(type_, a, b, path) for a, b in zip(old, new, strict=True)]
    return new
