"""One resource of a stack, as the rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .values import Node, read

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One resource of a stack.

    `inputs` are wire-named (camelCase); an unknown value is UNKNOWN, at any depth, and a
    secret is a plain value. `id` and `outputs` are set where they are known.
    """

    urn: str
    type: str
    name: str
    inputs: Mapping[str, Any]
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NONE)
    ignore_changes: tuple[str, ...] = ()
    provider_inputs: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    id: str | None = None
    outputs: Mapping[str, Any] | None = None

    def read(self, path: str) -> Any:
        """The input at `a.b[0].c`: a value, ABSENT or UNKNOWN; never raises."""
        return read(self.inputs, path)

    def at(self, path: str) -> Node:
        """An input with its path."""
        return Node(read(self.inputs, path), path)
