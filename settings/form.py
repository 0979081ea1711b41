"""The form that a text must have, and what is said of one that has it not."""

from __future__ import annotations

import re

from pydantic import AfterValidator

__all__ = ["matches"]


def matches(pattern: str, reason: str) -> AfterValidator:
    """A text must be of `pattern` as a whole; `reason` says what it is not, and how to write it."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(reason)
        return value

    return AfterValidator(check)
