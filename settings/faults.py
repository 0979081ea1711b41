"""Turns validation errors into lines that name the key, the reason and the fix, and never a secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from settings.clear_text import looks_secret
from settings.locations import Location, joined, model_at, real_location
from settings.model import Fault, Rename
from settings.names import unknown_key, unknown_key_correction
from settings.wording import description, message

__all__ = ["describe"]


def describe(error: ValidationError, model: type[BaseModel], area: str) -> Iterator[Fault]:
    """The faults of `error`, raised by `model` for the settings area `area`."""
    seen: set[Fault] = set()
    items = error.errors(include_url=False)
    broken = {item["loc"][:i] for item in items for i in range(len(item["loc"]))}
    for item in items:
        if item["type"] == "too_short" and item["loc"] in broken:
            continue  # it is short only because its broken members do not count
        loc = real_location(model, item["loc"])
        for fault in _faults(item, loc, model):
            full = replace(fault, key=_path(area, fault.key))
            if full not in seen:
                seen.add(full)
                yield full


def _faults(item: Any, loc: Location, model: type[BaseModel]) -> Iterator[Fault]:
    key, kind = joined(loc), item["type"]
    if kind == "faults":
        for fault in item["ctx"]["faults"]:
            yield replace(fault, key=".".join(part for part in (key, fault.key) if part))
    elif kind == "extra_forbidden":
        yield _unknown(item.get("input"), loc, model)
    elif kind == "missing":
        purpose = description(model_at(model, loc[:-1]), str(loc[-1]))
        yield Fault(key, f"is missing; add it{f' ({purpose})' if purpose else ''}")
    elif loc and loc[-1] == "[key]":
        reason, corrected = message({**item, "input": None}, loc[:-1], model)
        reason = reason if "; " in reason else f"{reason}; rename it"
        yield Fault(joined(loc[:-1]), f"as a name, {reason}", Rename(corrected) if _is_text(corrected) else corrected)
    else:
        reason, corrected = message(item, loc, model)
        yield Fault(key, reason, corrected)


def _unknown(value: Any, loc: Location, model: type[BaseModel]) -> Fault:
    """An unknown key, and the key below a neighbour that it may belong to."""
    name, holder = str(loc[-1]), model_at(model, loc[:-1])
    keys = list(holder.model_fields) if holder else []
    reason = unknown_key(name, keys)
    corrected = unknown_key_correction(name, keys)
    below = [key for key in keys if (inner := model_at(model, (*loc[:-1], key))) and name in inner.model_fields]
    if not isinstance(corrected, Rename) and below:
        reason = f"unknown key; did you mean {below[0]}.{name}?"
    if isinstance(value, str) and looks_secret(name, value):
        reason += "; a secret never belongs here in plain text (docs/settings.md, `secrets`)"
    return Fault(joined(loc), reason, corrected)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _path(area: str, key: str) -> str:
    if not key or not area:
        return key or area
    return f"{area}{key}" if key.startswith("[") else f"{area}.{key}"
