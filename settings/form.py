"""The form that a text must have, and what the message says about one that does not have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

__all__ = ["matches"]


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: str
    reason: str
    in_schema: bool

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        compiled = re.compile(self.pattern)

        def check(value: str) -> str:
            if not compiled.fullmatch(value):
                raise ValueError(self.reason)
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(schema)
        return {**described, "pattern": f"^{self.pattern}$"} if self.in_schema else described


def matches(pattern: str, reason: str, *, in_schema: bool = False) -> _Form:
    """A text must match `pattern` as a whole; `reason` is the message, which says how to write it.

    `in_schema` shows the pattern to editors, too. Then it has to be one that JavaScript understands.
    """
    return _Form(pattern, reason, in_schema)
