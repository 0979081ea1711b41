"""Follows a record's inputs along the input shape of its operation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from preview.wire import UNKNOWN, join
from tests.aws_models import scalars, shapes
from tests.aws_models.fault import Violation
from tests.aws_models.operation import Operation

__all__ = ["Walk"]

_PAIRS = ({"key", "value"}, {"tagkey", "tagvalue"}, {"name", "value"})


@dataclass(slots=True, kw_only=True)
class Walk:
    """One walk over a bag of inputs; `checked` and `unmapped` tell afterwards which properties had a member."""

    operation: Operation
    kind: str
    """The resource's own name, such as `Role`."""
    checked: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)

    def inputs(self, inputs: dict[str, Any]) -> Iterator[Violation]:
        """Every violation in a record's inputs."""
        top = shapes.input_of(self.operation.service, self.operation.name)
        inner = shapes.element(shapes.resolve(top, self.operation.root))
        assert isinstance(inner, StructureShape), self.operation
        yield from self._structure(inputs, inner, "", "")

    def _structure(self, value: dict[str, Any], shape: StructureShape, path: str, prop: str) -> Iterator[Violation]:
        for key, item in value.items():
            here, dotted = join(path, key), f"{prop}.{key}" if prop else key
            if dotted in self.operation.ignored or item is None or item is UNKNOWN:
                continue
            yield from self._words(item, here, dotted)
            member = self._member(shape, key, dotted)
            if member is None and dotted not in self.operation.words:
                self.unmapped.append(here)
                continue
            self.checked.append(here)
            if dotted in self.operation.documents:
                yield from self._document(item, self.operation.documents[dotted], here, dotted)
            elif member is not None:
                yield from self._mapped(item, member, here, dotted)

    def _mapped(self, value: Any, shape: Shape, path: str, prop: str) -> Iterator[Violation]:
        """A value at a member path, which may have passed through the list that the value is."""
        compound = isinstance(shape, StructureShape | ListShape | MapShape)
        if isinstance(value, list) and prop in self.operation.members and not compound:
            for i, item in enumerate(value):
                yield from self._value(item, shape, join(path, i), prop)
        else:
            yield from self._value(value, shape, path, prop)

    def _words(self, value: Any, path: str, prop: str) -> Iterator[Violation]:
        limit = self.operation.words.get(prop)
        for rule, reason in limit.check(value) if limit else ():
            yield Violation(path=path, rule=rule, value=value, reason=reason)

    def _member(self, shape: StructureShape, key: str, dotted: str) -> Shape | None:
        path = self.operation.members.get(dotted)
        if path is None:
            return shapes.find(shape, key, self.kind if dotted == key else "")
        other, _, path = path.rpartition(":")
        start: Shape = shapes.input_of(self.operation.service, other) if other else shape
        return shapes.resolve(start, path)

    def _value(self, value: Any, shape: Shape, path: str, prop: str) -> Iterator[Violation]:
        if value is None or value is UNKNOWN:
            return
        if isinstance(shape, StructureShape):
            yield from self._block(value, shape, path, prop)
        elif isinstance(shape, ListShape):
            yield from self._list(value, shape, path, prop)
        elif isinstance(shape, MapShape):
            yield from self._map(value, shape, path, prop)
        else:
            yield from _scalar(value, shape, path, strict=False)

    def _block(self, value: Any, shape: StructureShape, path: str, prop: str) -> Iterator[Violation]:
        """A structure, which the provider may hold as a list; CloudFront wraps each of its own lists in `Items`."""
        if isinstance(value, dict):
            yield from self._structure(value, shape, path, prop)
        elif isinstance(value, list) and "Items" in shapes.members(shape):
            yield from self._value(value, shapes.members(shape)["Items"], path, prop)
        elif isinstance(value, list):
            for i, item in enumerate(value):
                yield from self._value(item, shape, join(path, i), prop)
        else:
            yield Violation(path=path, rule="type", value=value, reason="is no block of properties")

    def _list(self, value: Any, shape: ListShape, path: str, prop: str) -> Iterator[Violation]:
        """A list; the provider holds tags as a map, and a list of which it knows one element as that element."""
        element = shapes.item(shape)
        if isinstance(value, dict) and (pair := _pair(element, value)):
            yield from _amount(value, shape, path)
            for key, item in value.items():
                yield from _scalar(key, pair[0], join(path, key), strict=False)
                yield from _scalar(item, pair[1], join(path, key), strict=False)
        elif isinstance(value, list):
            yield from _amount(value, shape, path)
            for i, item in enumerate(value):
                yield from self._value(item, element, join(path, i), prop)
        else:
            yield from self._value(value, element, path, prop)

    def _map(self, value: Any, shape: MapShape, path: str, prop: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield Violation(path=path, rule="type", value=value, reason="is no map")
            return
        yield from _amount(value, shape, path)
        for key, item in value.items():
            yield from _scalar(key, shapes.entry(shape)[0], join(path, key), strict=False)
            yield from self._value(item, shapes.entry(shape)[1], join(path, key), f"{prop}.{key}")

    def _document(self, text: Any, member_path: str, path: str, prop: str) -> Iterator[Violation]:
        shape = shapes.resolve(shapes.input_of(self.operation.service, self.operation.name), member_path)
        try:
            document = json.loads(text)
        except (TypeError, ValueError):
            yield Violation(path=path, rule="type", value=text, reason="is no JSON text")
            return
        yield from self._exact(document, shape, path, prop)

    def _exact(self, value: Any, shape: Shape, path: str, prop: str) -> Iterator[Violation]:
        """A JSON document, which has the API's own names and types."""
        if isinstance(shape, StructureShape) and isinstance(value, dict):
            for key, item in value.items():
                yield from self._exact_member(item, shape, key, join(path, key), f"{prop}.{key}")
        elif isinstance(shape, ListShape) and isinstance(value, list):
            yield from _amount(value, shape, path)
            for i, item in enumerate(value):
                yield from self._exact(item, shapes.item(shape), join(path, i), prop)
        elif isinstance(shape, MapShape) and isinstance(value, dict):
            yield from _amount(value, shape, path)
            for key, item in value.items():
                yield from _scalar(key, shapes.entry(shape)[0], join(path, key), strict=True)
                yield from self._exact(item, shapes.entry(shape)[1], join(path, key), f"{prop}.{key}")
        elif isinstance(shape, StructureShape | ListShape | MapShape):
            yield Violation(path=path, rule="type", value=value, reason=f"is no {shape.type_name}")
        else:
            yield from _scalar(value, shape, path, strict=True)

    def _exact_member(self, value: Any, shape: StructureShape, key: str, path: str, prop: str) -> Iterator[Violation]:
        members = shapes.members(shape)
        if key not in members:
            yield Violation(path=path, rule="member", value=value, reason=f"is no member of {shape.name}")
            return
        yield from self._words(value, path, prop)
        yield from self._exact(value, members[key], path, prop)


def _scalar(value: Any, shape: Shape, path: str, *, strict: bool) -> Iterator[Violation]:
    if value is UNKNOWN or value is None:
        return
    for rule, reason in scalars.scalar(value, shape, strict=strict):
        yield Violation(path=path, rule=rule, value=value, reason=reason)


def _amount(value: list[Any] | dict[str, Any], shape: Shape, path: str) -> Iterator[Violation]:
    for rule, reason in scalars.within(len(value), shape, "size", "entries"):
        yield Violation(path=path, rule=rule, value=value, reason=reason)


def _pair(shape: Shape, value: dict[str, Any]) -> tuple[Shape, Shape] | None:
    """The two members of a structure that is one entry of a map, unless `value` is such a structure itself."""
    if not isinstance(shape, StructureShape):
        return None
    members = {shapes.plain(name): member for name, member in shapes.members(shape).items()}
    if set(members) not in _PAIRS or set(map(shapes.plain, value)) <= set(members):
        return None
    key, item = sorted(members, key=lambda name: "value" in name)
    return members[key], members[item]
