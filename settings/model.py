"""The base of all settings models, and how a model reports a fault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from settings.docstrings import field_docstrings

__all__ = ["Fault", "Model", "refuse"]


class Fault(NamedTuple):
    """One fault: the key path below the reporting model (or area), and what is wrong, with the fix."""

    key: str
    reason: str


class Model(BaseModel):
    """A frozen settings model: unknown keys are refused, numbers and text are not converted into each other."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        strict=False,
        hide_input_in_errors=True,
        ser_json_inf_nan="constants",
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        """The JSON Schema, with the docstring of each field as its description."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in field_docstrings(cls).items():
            properties[name]["description"] = text
        return schema


def refuse(faults: Iterable[Fault | None]) -> None:
    """Raise one validation error that carries all `faults`; without any, do nothing."""
    present = [fault for fault in faults if fault is not None]
    if present:
        raise PydanticCustomError(
            "faults", "{count} faults", {"count": len(present), "faults": [tuple(fault) for fault in present]}
        )
