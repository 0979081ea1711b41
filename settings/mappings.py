"""A single value, a list or nothing where a mapping belongs."""

from __future__ import annotations

import json
import re
import types
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policy.guardrails.reading import parse_json
from policy.guardrails.secret_detection import contains_secret, is_secret
from settings.locations import Location, field_at, members, model_at
from settings.shapes import Words

__all__ = ["for_mapping"]

_MANY = 12
_NO_SPACE = re.compile(r"([A-Za-z_][\w-]*):(\S+)")
_ONE_LINE = re.compile(r"([A-Za-z_][\w-]*)=(\S+)")


def for_mapping(value: Any, loc: Location, model: type[BaseModel]) -> Words:
    """Something else where `key: value` lines belong."""
    holder = model_at(model, loc)
    lines = f"write `key: value` lines below it{_keys(holder)}"
    if value is None or value is True:
        what = "is empty" if value is None else "is not a mapping"
        if holder is None or not any(field.is_required() for field in holder.model_fields.values()):
            return Words(what, f"write {{}} for the defaults, or `key: value` lines below it{_keys(holder)}", {})
        return Words(what, lines if value is True else f"{lines}, or remove the line")
    if value is False and _nullable(model, loc):
        return Words("is not a mapping", "write null to switch it off", None)
    if isinstance(value, list):
        return Words("is a list and not a mapping", f"{lines}, without `- `")
    if isinstance(value, str):
        return _text(value, holder) or Words("is not a mapping", lines)
    whole = _short_form(value, holder)
    if whole is None:
        return Words("is not a mapping", lines)
    written = ", ".join(f"{key}: {json.dumps(value)}" for key, value in whole.items())
    return Words("is not a mapping", f"write {{{written}}}", whole, lines)


def _text(value: str, holder: type[BaseModel] | None) -> Words | None:
    """`key:value` and `key=value`, which YAML reads as text."""
    match = _NO_SPACE.fullmatch(value) or _ONE_LINE.fullmatch(value)
    if match is None or (holder is not None and match[1] not in holder.model_fields):
        return None
    fix = f"write a space after the colon, as in `{match[1]}: value`"
    if holder is None or contains_secret(value) or is_secret(match[1], match[2]):
        return Words("is text and not a mapping", fix)
    try:
        inner = parse_json(match[2])
    except ValueError:
        inner = match[2]
    return Words("is text and not a mapping", f"write `{match[1]}: {match[2]}`, with a space after the colon",
                 {match[1]: inner}, fix)  # fmt: skip


def _short_form(value: Any, holder: type[BaseModel] | None) -> dict[str, Any] | None:
    """The mapping that a number alone means: the one key that is required, or both bounds."""
    if holder is None or isinstance(value, bool):
        return None
    required = [name for name, field in holder.model_fields.items() if field.is_required()]
    if {"min", "max"} <= set(holder.model_fields) and not required:
        return {"min": value, "max": value}
    if len(required) == 1 and _is_number(holder.model_fields[required[0]]):
        return {required[0]: value}
    return None


def _is_number(field: FieldInfo) -> bool:
    return any(member in (int, float) for member in members(field.annotation))


def _keys(holder: type[BaseModel] | None) -> str:
    keys = list(holder.model_fields) if holder else []
    return f" ({', '.join(keys)})" if 0 < len(keys) <= _MANY else ""


def _nullable(model: type[BaseModel], loc: Location) -> bool:
    field = field_at(model, loc)
    return field is not None and types.NoneType in members(field.annotation)
