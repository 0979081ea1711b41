"""The base of all settings models, and how a model reports a fault."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from settings.docstrings import field_docstrings

__all__ = ["OPEN", "REMOVE", "Fault", "Hint", "Model", "Rename", "refuse"]


class _Mark(Enum):
    OPEN = "open"
    REMOVE = "remove"


OPEN = _Mark.OPEN
"""No corrected value: only a person knows what belongs there."""

REMOVE = _Mark.REMOVE
"""The correction that takes the key out."""


@dataclass(frozen=True, slots=True)
class Rename:
    """The correction that keeps the value and gives the last part of the key another name."""

    name: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the key path below the reporting model (or area), and what is wrong, `; ` and the fix.

    `corrected` is the value that the key should have, a Rename, or REMOVE. Where it is OPEN, `settings.corrections`
    reads it from the fix, if that says one.
    """

    key: str
    reason: str
    corrected: Any = field(default=OPEN, compare=False)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person should look at: a setting that is allowed and may be meant, and more often is a mistake."""

    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


class Model(BaseModel):
    """A frozen settings model: unknown keys are refused. A number in quotes is the number, wherever one belongs."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        strict=False,
        hide_input_in_errors=True,
        ser_json_inf_nan="constants",
    )

    @model_validator(mode="before")
    @classmethod
    def _numbers_in_quotes(cls, values: Any) -> Any:
        """Read "512" as 512 where a setting takes one of some numbers; pydantic does so for all other numbers."""
        if not isinstance(values, dict):
            return values
        quoted = {
            key: int(value)
            for key, value in values.items()
            if isinstance(value, str) and value.isascii() and value.isdecimal() and key in _numeric_choices(cls)
        }
        return values | quoted if quoted else values

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        """The JSON Schema, with the docstring of each field as its description."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in field_docstrings(cls).items():
            properties[name]["description"] = text
        return schema


@cache
def _numeric_choices(model: type[BaseModel]) -> frozenset[str]:
    """The fields that take one of some numbers, and nothing else but null."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if all(
            typing.get_origin(member) is typing.Literal
            and all(type(choice) is int for choice in typing.get_args(member))
            for member in _members(field.annotation)
        )
    )


def _members(annotation: Any) -> tuple[Any, ...]:
    union = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return tuple(member for member in union if member is not types.NoneType)


def refuse(faults: Iterable[Fault | None]) -> None:
    """Raise one validation error that carries all `faults`; without any, do nothing."""
    present = [fault for fault in faults if fault is not None]
    if present:
        raise PydanticCustomError("faults", "{count} faults", {"count": len(present), "faults": present})
