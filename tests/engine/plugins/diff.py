"""Compares a resource's inputs property by property, and says which changes force a replacement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from preview.wire import join
from tests.engine.plugins.replacing import REPLACING, REVISIONS

__all__ = ["changes", "forces_replacement", "without"]

_NAMES = frozenset({"name", "namePrefix", "region"})
_INDEX = re.compile(r"\[\d+\]")
_ABSENT = object()


def changes(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path that differs, with `add`, `delete` or `update`."""
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


def forces_replacement(token: str, path: str) -> bool:
    """Whether the provider replaces a resource of type `token` when what lies at `path` of its inputs changes."""
    parts = _INDEX.sub("", path).split(".")
    if token in REVISIONS:
        return parts[0] not in REVISIONS[token]
    beginnings = {".".join(parts[: i + 1]) for i in range(len(parts))}
    return parts[0] in _NAMES or not beginnings.isdisjoint(REPLACING.get(token, frozenset()))


def without(inputs: dict[str, Any], ignored: list[str]) -> dict[str, Any]:
    """`inputs` less the top-level properties that the program tells the engine to ignore."""
    return {key: value for key, value in inputs.items() if key not in ignored}
