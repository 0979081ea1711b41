"""Checks the values of a plan against the schemas: enums, patterns, lengths, ranges, numbers of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from preview.plan import Record
from preview.wire import UNKNOWN, join
from tests.cloudformation import schemas
from tests.cloudformation.types import TYPES

__all__ = ["Checked", "check"]


@dataclass(slots=True)
class Checked:
    """How many values were judged, and which of them CloudFormation would refuse."""

    judged: int = 0
    faults: list[str] = field(default_factory=list)


def check(record: Record, region: str) -> Checked:
    """Judge the inputs of a record of a type that has a schema."""
    result = Checked()
    whole = schemas.schema(TYPES[record.type], region)
    for prop, value in record.inputs.items():
        name = schemas.property_name(record.type, prop, whole["properties"])
        if name is not None:
            for path, reason in _values(value, whole["properties"][name], whole, prop, result):
                result.faults.append(f"{record.type} {path}: {reason}")
    return result


def _values(value: Any, shape: Any, whole: dict[str, Any], path: str, result: Checked) -> Iterator[tuple[str, str]]:
    shape = schemas.definition(whole, shape)
    if value is UNKNOWN or value is None:
        return
    if isinstance(value, list):
        yield from _list(value, shape, whole, path, result)
    elif isinstance(value, dict):
        inner = schemas.definition(whole, shape["items"]) if "items" in shape else shape
        among = schemas.merged(whole, inner)
        by_letters = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in among}
        for key, item in value.items():
            name = by_letters.get(key.lower()) or by_letters.get(key.lower().removesuffix("s"))
            if name is not None:
                yield from _values(item, among[name], whole, join(path, key), result)
    else:
        result.judged += 1
        yield from ((path, reason) for reason in _scalar(value, shape))


def _list(value: list[Any], shape: Any, whole: dict[str, Any], path: str, result: Checked) -> Iterator[tuple[str, str]]:
    """A list; where the schema has one object, the provider holds it as a list of one."""
    inner = shape.get("items")
    if inner is not None:
        most, least = shape.get("maxItems"), shape.get("minItems")
        if (most is not None and len(value) > most) or (least is not None and len(value) < least):
            yield path, f"has {len(value)} entries, and may have {least or 0} to {most}"
    for i, item in enumerate(value):
        yield from _values(item, inner if inner is not None else shape, whole, join(path, i), result)


def _scalar(value: Any, shape: dict[str, Any]) -> Iterator[str]:
    """What a schema says of a text or number; a number may be written as text, as in the provider."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if "enum" in shape and text not in {str(each) for each in shape["enum"]}:
        yield f"{value!r} is none of {', '.join(map(str, shape['enum'][:12]))}"
    if isinstance(value, str):
        if "pattern" in shape and not _matches(shape["pattern"], value):
            yield f"{value!r} does not match {shape['pattern']}"
        if not shape.get("minLength", 0) <= len(value) <= shape.get("maxLength", len(value)):
            yield f"{value!r} has {len(value)} characters"
    elif not isinstance(value, bool) and not shape.get("minimum", value) <= value <= shape.get("maximum", value):
        yield f"{value} lies outside {shape.get('minimum')} to {shape.get('maximum')}"


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.search(pattern, value) is not None
    except re.error:
        return True
