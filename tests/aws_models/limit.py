"""Limits that AWS's models state in words only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.aws_models.fault import Finding

__all__ = ["Limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit in AWS's own words, which a test looks up where they stand.

    Text must match `pattern` as a whole; a number, also one written as text, lies in the range or among the choices.
    Of a list, each element is checked.
    """

    says: str
    """AWS's words."""
    found: str
    """Where they stand: `Operation:member.path`."""
    pattern: str | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[int, ...] = ()

    def check(self, value: Any) -> Iterator[Finding]:
        """What is wrong with `value`."""
        for item in value if isinstance(value, list) else [value]:
            if self.pattern is None:
                yield from self._check_number(item)
            elif isinstance(item, str) and not re.fullmatch(self.pattern, item):
                yield "pattern", f"does not match {self.pattern}"

    def _check_number(self, value: Any) -> Iterator[Finding]:
        try:
            number = float(value)
        except (TypeError, ValueError):
            return
        if self.choices and number not in self.choices:
            yield "range", f"is none of {', '.join(map(str, self.choices))}"
        if self.low is not None and number < self.low:
            yield "range", f"is below {self.low:g}"
        if self.high is not None and number > self.high:
            yield "range", f"is above {self.high:g}"
