"""Turns validation errors into lines that name the key, the reason and the fix, and never a secret."""

from __future__ import annotations

import difflib
import json
import re
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from settings.clear_text import looks_secret
from settings.docstrings import field_docstrings
from settings.model import Fault
from settings.renamed import new_key

__all__ = ["describe", "meant", "nearest", "unknown_key"]

_KEY_HIDES = re.compile(r"secret|environment|password|token|key", re.IGNORECASE)
_NUMBER = "is not a whole number; write digits alone"
_TYPES = {
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "string_type": "is not text; put it in quotes",
    "dict_type": "is not a mapping; write `key: value` lines below it",
    "model_type": "is not a mapping; write `key: value` lines below it",
    "model_attributes_type": "is not a mapping; write `key: value` lines below it",
    "tuple_type": "is not a list; write [one, two]",
    "list_type": "is not a list; write [one, two]",
}
_MAPPINGS = ("dict_type", "model_type", "model_attributes_type")
# Where the message alone does not say what belongs there, the setting's own description does.
_EXPLAINED = ("int_parsing", "int_type", "int_from_float", "literal_error")
_MANY_KEYS, _SHORT = 12, 90


def describe(error: ValidationError, model: type[BaseModel], area: str) -> Iterator[Fault]:
    """The faults of `error`, raised by `model` for the settings area `area`."""
    seen: set[Fault] = set()
    items = error.errors(include_url=False)
    broken = {item["loc"][:i] for item in items for i in range(len(item["loc"]))}
    for item in items:
        if item["type"] == "too_short" and item["loc"] in broken:
            continue  # it is short only because its broken members do not count
        loc = _real_location(model, item["loc"])
        for fault in _faults(item, loc, model):
            full = Fault(_path(area, fault.key), fault.reason)
            if full not in seen:
                seen.add(full)
                yield full


def unknown_key(key: str, allowed: Sequence[str]) -> str:
    """Say that `key` is unknown, which keys there are, and what it is called today or which is nearest."""
    if (new := new_key(key, allowed)) is not None:
        return f"is now called {new}; rename it"
    guess = nearest(key, allowed)
    return f"unknown key; {f'did you mean {guess}? ' if guess else ''}allowed are {', '.join(sorted(allowed))}"


def nearest(key: str, allowed: Sequence[str]) -> str | None:
    """The allowed key that looks most like `key`, if any does."""
    matching = difflib.get_close_matches(key.lower(), list(allowed), n=1, cutoff=0.6)
    return matching[0] if matching else None


def meant(name: str, there: Iterable[str], otherwise: str = "add it there") -> str:
    """The fix for a name that is not among those `there`: the nearest, the list of them, or `otherwise`."""
    names = list(there)
    guess = nearest(name, names)
    return f"did you mean {guess}?" if guess else f"there are {', '.join(names)}" if names else otherwise


def _faults(item: Any, loc: tuple[str | int, ...], model: type[BaseModel]) -> Iterator[Fault]:
    key = _join(loc)
    kind, context = item["type"], item.get("ctx", {})
    if kind == "faults":
        for sub_key, reason in context["faults"]:
            yield Fault(".".join(part for part in (key, sub_key) if part), reason)
    elif kind == "extra_forbidden":
        holder = _model_at(model, loc[:-1])
        reason = unknown_key(str(loc[-1]), list(holder.model_fields) if holder else [])
        value = item.get("input")
        secret = isinstance(value, str) and looks_secret(str(loc[-1]), value)
        hint = "; a secret never belongs here in plain text (docs/settings.md, `secrets`)" if secret else ""
        yield Fault(key, reason + hint)
    elif kind == "missing":
        holder = _model_at(model, loc[:-1])
        yield Fault(key, f"is missing{_purpose(holder, str(loc[-1]))}")
    elif loc and loc[-1] == "[key]":
        yield Fault(_join(loc[:-1]), f"as a name, {_reason(kind, context, item['msg'])}")
    else:
        reason = _empty(kind) if item.get("input") is None and kind in _TYPES else None
        if item.get("input") is False and kind in _MAPPINGS and _nullable(model, loc):
            reason = "is not a mapping; write null to switch it off"
        shown = "" if reason else _shown(key, item.get("input"))
        reason = reason or _reason(kind, context, item["msg"])
        yield Fault(key, f"{shown}{reason}{_help(kind, model, loc)}")


def _empty(kind: str) -> str:
    """The message for a key without a value."""
    more = "`key: value` lines below it, or {} for the defaults" if kind in _MAPPINGS else "a value"
    return f"is empty; write {more}, or remove the line"


def _help(kind: str, model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """What belongs there, where the reason alone leaves it open: the setting's description, or its keys."""
    if kind in _MAPPINGS:
        holder = _model_at(model, loc)
        keys = list(holder.model_fields) if holder else []
        return f" ({', '.join(keys)})" if 0 < len(keys) <= _MANY_KEYS else ""
    names = [i for i, part in enumerate(loc) if isinstance(part, str)]
    if kind not in _EXPLAINED or not names:
        return ""
    text = _description(_model_at(model, loc[: names[-1]]), str(loc[names[-1]]))
    short = text if len(text) <= _SHORT else re.split("[;:] ", text)[0]
    return f" ({short})" if short else ""


def _nullable(model: type[BaseModel], loc: tuple[str | int, ...]) -> bool:
    holder = _model_at(model, loc[:-1])
    field = holder.model_fields.get(str(loc[-1])) if holder and loc else None
    return field is not None and type(None) in _members(field.annotation)


def _reason(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "literal_error":
        return f"is not one of {context['expected']}"
    if kind == "too_short":
        return f"needs at least {context['min_length']}; add what is missing"
    if kind == "too_long":
        return f"has more than {context['max_length']}; remove some"
    message = message.removeprefix("Value error, ").removeprefix("Input ")
    return message[:1].lower() + message[1:]


def _shown(key: str, value: Any) -> str:
    """The value as the message shows it: never one that may be a secret, never a long one."""
    if _KEY_HIDES.search(key) or isinstance(value, dict | list | BaseModel):
        return ""
    # As YAML has it: true.
    text = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    return f"{text[:57]}… " if len(text) > 60 else f"{text} "


def _purpose(holder: type[BaseModel] | None, key: str) -> str:
    text = _description(holder, key)
    return f"; add it ({text})" if text else "; add it"


def _description(holder: type[BaseModel] | None, key: str) -> str:
    """The first sentence of what the setting means, as part of a sentence."""
    docstring = field_docstrings(holder).get(key, "") if holder else ""
    text = " ".join(docstring.split()).split(". ")[0].rstrip(".")
    return (text[:1].lower() if text[1:2].islower() else text[:1]) + text[1:]


def _join(loc: Sequence[str | int]) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _path(area: str, key: str) -> str:
    if not key or not area:
        return key or area
    return f"{area}{key}" if key.startswith("[") else f"{area}.{key}"


def _real_location(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Drop what pydantic adds to a location for the members of a union."""
    real: list[str | int] = []
    at: Any = model
    for part in loc:
        if part == "[key]":
            real.append(part)
            continue
        step = _step(at, part)
        if step is None and isinstance(part, str) and len(_choices(at)) > 1:
            continue
        real.append(part)
        at = step
    return tuple(real)


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel] | None:
    at: Any = model
    for part in loc:
        at = _step(at, part)
    members = [member for member in _members(at) if _is_model(member)]
    return members[0] if members else None


def _step(at: Any, part: str | int) -> Any:
    for member in _members(at):
        if _is_model(member) and part in member.model_fields:
            return member.model_fields[part].annotation
        if _origin(member) is dict:
            return typing.get_args(member)[1]
        if _origin(member) is tuple and isinstance(part, int):
            return typing.get_args(member)[0]
    return None


def _members(at: Any) -> tuple[Any, ...]:
    while _origin(at) is typing.Annotated:
        at = typing.get_args(at)[0]
    if _origin(at) in (typing.Union, types.UnionType):
        return tuple(m for arg in typing.get_args(at) for m in _members(arg))
    return (at,)


def _choices(at: Any) -> list[Any]:
    return [member for member in _members(at) if member is not type(None)]


def _origin(at: Any) -> Any:
    return typing.Annotated if hasattr(at, "__metadata__") else typing.get_origin(at)


def _is_model(at: Any) -> bool:
    return isinstance(at, type) and issubclass(at, BaseModel)
