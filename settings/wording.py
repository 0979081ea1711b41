"""What pydantic words, in words: the reason, the fix, and the corrected value where the fix names one."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from settings import choices, mappings, shapes
from settings.clear_text import argument_faults, looks_like_value, looks_secret
from settings.docstrings import field_docstrings
from settings.locations import Location, joined, members, members_at, model_at
from settings.lookalikes import odd_sign, plain
from settings.model import OPEN
from settings.shapes import Words

__all__ = ["MAPPINGS", "Message", "description", "hides", "message"]

MAPPINGS = ("dict_type", "model_type", "model_attributes_type")
_LISTS = ("tuple_type", "list_type")
_WHOLE = ("int_parsing", "int_type", "int_from_float", "int_parsing_size")
_NUMBERS = ("float_parsing", "float_type", "finite_number")
_FLAGS = ("bool_parsing", "bool_type")
_KEY_HIDES = re.compile(r"secret|environment|password|token|key", re.IGNORECASE)
_BOUNDS = {
    "greater_than_equal": ("ge", "is too small", "write {} or more"),
    "greater_than": ("gt", "is too small", "write more than {}"),
    "less_than_equal": ("le", "is too large", "write {} or less"),
    "less_than": ("lt", "is too large", "write less than {}"),
}
# Where the fix names no value, the setting's own description says what belongs there.
_EXPLAINED = (*_WHOLE, *_NUMBERS, "literal_error")
_SHORT, _LONGEST = 90, 60


class Message(NamedTuple):
    """The reason with its fix, and the corrected value."""

    reason: str
    corrected: Any = OPEN


def message(item: Any, loc: Location, model: type[BaseModel]) -> Message:
    """The words for one of pydantic's errors: no sentence of its own, no pattern, no value that may be a secret."""
    kind, value = item["type"], item.get("input")
    words = _found(kind, value, item, loc, model)
    # A number that breaks a bound of a setting is no secret, whatever the setting's name is.
    hidden = hides(loc, value) and not (isinstance(value, int | float) and kind in (*_BOUNDS, "literal_error"))
    if not hidden and isinstance(value, str) and plain(value) != value:
        words = _odd(value)
    fix, corrected = (words.fix, words.corrected)
    if hidden and words.hidden is not None:
        fix, corrected = words.hidden, OPEN
    explained = kind in _EXPLAINED and value is not None and corrected is OPEN and len(fix) < _LONGEST
    about = f" ({text})" if explained and (text := _about(model, loc)) else ""
    reason = f"{words.what}; {fix}{about}" if fix else f"{words.what}{about}"
    return Message(reason if hidden or value is None else f"{_shown(value)}{reason}", corrected)


def _found(kind: str, value: Any, item: Any, loc: Location, model: type[BaseModel]) -> Words:
    context, name = item.get("ctx", {}), _name(loc)
    if kind in MAPPINGS:
        return mappings.for_mapping(value, loc, model)
    if value is None and kind not in ("value_error", "form"):
        return Words("is empty", "write a value, or remove the line")
    if kind in _LISTS:
        return shapes.for_list(value, name, of_text=_of_text(model, loc))
    if kind in _WHOLE or kind in _NUMBERS:
        return shapes.for_number(value, name, whole=kind in _WHOLE)
    if kind in _FLAGS:
        return shapes.for_flag(value)
    if kind == "string_type":
        return shapes.for_text(value)
    if kind == "literal_error":
        return choices.for_choice(value, _choices(model, loc), name)
    if kind in _BOUNDS:
        limit, what, fix = _BOUNDS[kind]
        return Words(what, fix.format(f"{context[limit]:.12g}"), context[limit] if kind.endswith("equal") else OPEN)
    return _other(kind, context, value)


def _other(kind: str, context: dict[str, Any], value: Any) -> Words:
    """What our own checks say, and lengths."""
    if kind == "form":
        what, _, fix = context["reason"].partition("; ")
        guess = context["suggested"]
        return Words(what, f"did you mean {guess}?", guess, fix) if guess else Words(what, fix)
    if kind == "value_error":
        what, _, fix = str(context["error"]).partition("; ")
        return Words(what, fix)
    if kind in ("too_short", "too_long"):
        limit = context["min_length" if kind == "too_short" else "max_length"]
        many = len(value) if isinstance(value, dict | list) else 0
        if kind == "too_short":
            return Words("is empty" if not many else f"has {many}", f"write at least {_counted(limit)}")
        return Words(f"has {many}", f"remove some, {limit} is the most")
    if kind in ("string_too_short", "string_too_long"):
        limit = context["min_length" if kind == "string_too_short" else "max_length"]
        if kind == "string_too_short":
            return Words("is empty" if not value else "is too short", f"write {limit} characters or more")
        return Words(f"has {len(value)} characters", f"shorten it to {limit}")
    return Words("is not what belongs here", "docs/settings.md says what does")


def _counted(limit: int) -> str:
    return f"{limit} entr{'y' if limit == 1 else 'ies'}"


def _odd(value: str) -> Words:
    clean, sign = plain(value), odd_sign(value)
    if not clean:
        return Words("is blank", "write what it is, or remove the line")
    return Words(f"holds {sign}" if sign else "has blanks around it", f"write {clean}", clean)


def hides(loc: Location, value: Any) -> bool:
    """Whether the value may be a secret, or has no form that a message could show."""
    if isinstance(value, dict | list | BaseModel):
        return True
    if isinstance(value, str) and _holds_secret(value):
        return True
    return loc != ("environment",) and bool(_KEY_HIDES.search(joined(loc)))


def _holds_secret(value: str) -> bool:
    """Whether the text is or holds a secret: by its form, as an argument of a command, or as `name:value`."""
    named = re.match(r"\s*([\w.-]+)\s*[:=]\s*(\S+)", value)
    return (
        looks_like_value(value)
        or any(argument_faults("", value.split()))
        or (named is not None and looks_secret(named[1], named[2]))
    )


def _shown(value: Any) -> str:
    """The value as YAML has it, never a long one."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    return f"{text[: _LONGEST - 3]}… " if len(text) > _LONGEST else f"{text} "


def _name(loc: Location) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "")


def _of_text(model: type[BaseModel], loc: Location) -> bool:
    """Whether the list at the location takes text."""
    items = [arg for member in members_at(model, loc) for arg in typing.get_args(member)[:1]]
    return any(kind is str or typing.get_origin(kind) is typing.Literal for item in items for kind in members(item))


def _choices(model: type[BaseModel], loc: Location) -> Sequence[Any]:
    """The values that the Literal at the location allows."""
    return [
        choice
        for member in members_at(model, loc)
        if typing.get_origin(member) is typing.Literal
        for choice in typing.get_args(member)
    ]


def _about(model: type[BaseModel], loc: Location) -> str:
    """The beginning of what the setting means."""
    names = [i for i, part in enumerate(loc) if isinstance(part, str)]
    if not names:
        return ""
    text = description(model_at(model, loc[: names[-1]]), str(loc[names[-1]]))
    return text if len(text) <= _SHORT else re.split("[;:] ", text)[0]


def description(holder: type[BaseModel] | None, key: str) -> str:
    """The first sentence of what the setting means, as part of a sentence."""
    docstring = field_docstrings(holder).get(key, "") if holder else ""
    text = " ".join(docstring.split()).split(". ")[0].rstrip(".")
    return (text[:1].lower() if text[1:2].islower() else text[:1]) + text[1:]
