"""A planned value that AWS would refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Fault", "Finding", "Rule", "Violation"]

Rule = Literal["enum", "length", "member", "pattern", "range", "size", "type"]
Finding = tuple[Rule, str]
"""A rule, and the reason, which names the limit and nothing of the value."""
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What is wrong with one value."""

    path: str
    rule: Rule
    value: Any
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A violation in a record; the value is shown unless it is secret."""

    urn: str
    path: str
    rule: Rule
    shown: str
    reason: str

    def __str__(self) -> str:
        return f"{self.urn}: {self.path}: {self.rule}: {self.shown} {self.reason}"

    @staticmethod
    def of(violation: Violation, urn: str, *, secret: str | None) -> Fault:
        """`violation` as a fault of the resource `urn`; of what is secret, only the path down to it is shown."""
        shown = "<secret>" if secret else repr(violation.value)
        if len(shown) > _SHOWN:
            shown = f"{shown[:_SHOWN]} …"
        path = secret or violation.path
        return Fault(urn=urn, path=path, rule=violation.rule, shown=shown, reason=violation.reason)
