"""Reading property trees: every read returns a value, ABSENT or UNKNOWN, and never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, final


@final
class _Absent:
    """The property is absent or null, so the provider's default applies."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"  # copies are the same object, because it is compared with `is`

    def __bool__(self) -> bool:
        return False


@final
class _Unknown:
    """The property is not known yet, or has a type that the provider would refuse."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"  # copies are the same object, because it is compared with `is`

    def __bool__(self) -> bool:
        raise TypeError("an unknown value is neither true nor false: compare with `is UNKNOWN`")


ABSENT: Final = _Absent()
UNKNOWN: Final = _Unknown()

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}


def _child(value: Any, step: str | int) -> Any:
    if value is UNKNOWN or value is ABSENT or value is None:
        return UNKNOWN if value is UNKNOWN else ABSENT
    if isinstance(value, list) and isinstance(step, str) and len(value) == 1:
        value = value[0]  # a single block, as another version of the provider sends it
        if value is UNKNOWN:
            return UNKNOWN
    if isinstance(step, str) and isinstance(value, Mapping):
        child = value.get(step, ABSENT)
    elif isinstance(step, int) and isinstance(value, list):
        child = value[step] if step < len(value) else ABSENT
    elif isinstance(value, list) and not value:
        return ABSENT
    else:
        return UNKNOWN
    return ABSENT if child is None else child


def read(tree: Any, path: str) -> Any:
    """The value at `a.b[0].c`, ABSENT where there is none (or null), UNKNOWN where it cannot be determined."""
    for name, index in _STEP.findall(path):
        tree = _child(tree, name or int(index))
    return tree


class Node:
    """A property in a tree: its path for messages, its value for checks."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = ABSENT if value is None else value
        self.path = path

    def at(self, path: str) -> Node:
        """The property below this one; it may be absent."""
        return Node(read(self.value, path), f"{self.path}.{path}" if self.path else path)

    @property
    def absent(self) -> bool:
        return self.value is ABSENT

    @property
    def unknown(self) -> bool:
        return self.value is UNKNOWN

    def items(self) -> list[Node]:
        """The elements of a list; empty when absent; one unknown node when the list itself is not known."""
        if self.value is ABSENT:
            return []
        if isinstance(self.value, list):
            return [Node(item, f"{self.path}[{index}]") for index, item in enumerate(self.value)]
        if isinstance(self.value, Mapping):
            return [self]  # a single block, as another version of the provider sends it
        return [Node(UNKNOWN, self.path)]

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Key and node of each entry of a map; empty for anything else."""
        if isinstance(self.value, Mapping):
            for key, value in self.value.items():
                yield str(key), Node(value, f"{self.path}[{key}]")

    def flag(self, default: bool | None = None) -> Any:
        """True, False, `default` when absent (ABSENT without one), UNKNOWN for anything but a boolean."""
        value = self.value
        if value is ABSENT:
            return ABSENT if default is None else default
        if isinstance(value, bool):
            return value
        return _TRUTH.get(value.lower(), UNKNOWN) if isinstance(value, str) else UNKNOWN

    def text(self, default: str | None = None) -> Any:
        """A string, `default` when absent or empty (ABSENT without one), UNKNOWN for anything but a string."""
        value = self.value
        if value is ABSENT or (isinstance(value, str) and not value):
            return ABSENT if default is None else default
        return value if isinstance(value, str) else UNKNOWN

    def number(self, default: float | None = None) -> Any:
        """A number, `default` when absent (ABSENT without one), UNKNOWN for anything but a number."""
        value = self.value
        if value is ABSENT:
            return ABSENT if default is None else default
        if isinstance(value, bool):
            return UNKNOWN
        if isinstance(value, (int, float)):
            return value
        return _as_number(value) if isinstance(value, str) else UNKNOWN


def _as_number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return UNKNOWN


def holds_unknown(value: Any) -> bool:
    """True when anything in the tree is unknown."""
    if value is UNKNOWN:
        return True
    if isinstance(value, Mapping):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_unknown(item) for item in value)
    return False
