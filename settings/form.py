"""The form that a text must have, and what the message says about one that does not have it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from policy.guardrails.secret_detection import contains_secret

__all__ = ["matches"]


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: str
    reason: str
    in_schema: bool
    suggest: Callable[[str], str] | None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        compiled = re.compile(self.pattern)

        def check(value: str) -> str:
            if not compiled.fullmatch(value):
                # What is made of a secret is not recognised as one any more, and would be shown.
                guess = self.suggest(value) if self.suggest and not contains_secret(value) else ""
                suggested = guess if guess != value and compiled.fullmatch(guess) else None
                raise PydanticCustomError("form", "{reason}", {"reason": self.reason, "suggested": suggested})
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(schema)
        return {**described, "pattern": f"^{self.pattern}$"} if self.in_schema else described


def matches(
    pattern: str, reason: str, *, in_schema: bool = False, suggest: Callable[[str], str] | None = None
) -> _Form:
    """A text must match `pattern` as a whole; `reason` is the message, which says how to write it.

    `in_schema` shows the pattern to editors, too. Then it has to be one that JavaScript understands. `suggest` makes
    of a wrong text the one that probably is meant; where that matches, the message asks for it.
    """
    return _Form(pattern, reason, in_schema, suggest)
