"""Where in the models a fault lies: pydantic's locations as keys of the stack file."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

__all__ = ["Location", "field_at", "joined", "members", "members_at", "model_at", "real_location"]

Location = tuple[str | int, ...]


def joined(loc: Sequence[str | int]) -> str:
    """The key, such as `compute.services.api.route.paths[0]`."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def real_location(model: type[BaseModel], loc: Location) -> Location:
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


def field_at(model: type[BaseModel], loc: Sequence[str | int]) -> FieldInfo | None:
    """The field that the location names; None for a member of a mapping or a list, and outside of the models."""
    holder = model_at(model, loc[:-1]) if loc else None
    return holder.model_fields.get(str(loc[-1])) if holder else None


def members_at(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[Any, ...]:
    """The types that the location takes."""
    at: Any = model
    for part in loc:
        at = _step(at, part)
    return members(at)


def model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that belongs at the location, if one does."""
    return next((member for member in members_at(model, loc) if _is_model(member)), None)


def _step(at: Any, part: str | int) -> Any:
    for member in members(at):
        if _is_model(member) and part in member.model_fields:
            return member.model_fields[part].annotation
        if _origin(member) is dict:
            return typing.get_args(member)[1]
        if _origin(member) is tuple and isinstance(part, int):
            return typing.get_args(member)[0]
    return None


def members(at: Any) -> tuple[Any, ...]:
    """The members of a union, without annotations; a type by itself is its only member."""
    while _origin(at) is typing.Annotated:
        at = typing.get_args(at)[0]
    if _origin(at) in (typing.Union, types.UnionType):
        return tuple(m for arg in typing.get_args(at) for m in members(arg))
    return (at,)


def _choices(at: Any) -> list[Any]:
    return [member for member in members(at) if member is not type(None)]


def _origin(at: Any) -> Any:
    return typing.Annotated if hasattr(at, "__metadata__") else typing.get_origin(at)


def _is_model(at: Any) -> bool:
    return isinstance(at, type) and issubclass(at, BaseModel)
