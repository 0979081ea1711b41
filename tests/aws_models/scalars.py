"""One value against one scalar shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.model import Shape

from tests.aws_models.fault import Finding, Rule
from tests.aws_models.patterns import UntranslatableError, matches
from tests.aws_models.shapes import limits

__all__ = ["scalar", "within"]

_INTEGERS = ("integer", "long")
_NUMBERS = (*_INTEGERS, "float", "double")


def scalar(value: Any, shape: Shape, *, strict: bool) -> Iterator[Finding]:
    """What is wrong with `value`.

    Where it is not `strict`, numbers and switches may be written as text, as many properties of the provider are.
    """
    kind = shape.type_name
    if not strict and isinstance(value, str):
        value = _read(value, kind)
    if not _is(value, kind):
        yield "type", f"is no {kind}"
    elif kind in _NUMBERS:
        yield from _range(value, shape)
    elif kind == "string":
        yield from _text(value, shape)


def within(amount: float, shape: Shape, rule: Rule, what: str) -> Iterator[Finding]:
    """Whether an amount lies within the limits of `shape`."""
    low, high = limits(shape).get("min"), limits(shape).get("max")
    if low is not None and amount < float(low):
        yield rule, f"has fewer than {low} {what}"
    if high is not None and amount > float(high):
        yield rule, f"has more than {high} {what}"


def _range(value: float, shape: Shape) -> Iterator[Finding]:
    low, high = limits(shape).get("min"), limits(shape).get("max")
    if low is not None and value < float(low):
        yield "range", f"is below {low}"
    if high is not None and value > float(high):
        yield "range", f"is above {high}"


def _text(value: str, shape: Shape) -> Iterator[Finding]:
    choices = limits(shape).get("enum")
    if choices and value not in choices:
        shown = ", ".join(choices[:12]) + (", …" if len(choices) > 12 else "")
        yield "enum", f"is none of {shown}"
    yield from within(len(value), shape, "length", "characters")
    pattern = limits(shape).get("pattern")
    if pattern and not _fits(pattern, value):
        yield "pattern", f"does not match {pattern}"


def _fits(pattern: str, value: str) -> bool:
    try:
        return matches(pattern, value)
    except UntranslatableError:
        return True


def _read(text: str, kind: str) -> Any:
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind not in _NUMBERS:
        return text
    try:
        return int(text) if kind in _INTEGERS else float(text)
    except ValueError:
        return text


def _is(value: Any, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in _INTEGERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in _NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)
