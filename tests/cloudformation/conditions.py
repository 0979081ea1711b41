"""The conditional part of cfn-lint's schemas: which value goes with which others, such as a class with an engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["refused"]


def refused(rule: dict[str, Any], values: dict[str, Any]) -> Iterator[str]:
    """Every value that a rule refuses; `values` are CloudFormation's properties, all of them texts or numbers."""
    for inner in rule.get("allOf", ()):
        yield from refused(inner, values)
    if "if" in rule:
        branch = rule.get("then" if _holds(rule["if"], values) else "else", {})
        yield from refused(branch, values)
    for name, shape in rule.get("properties", {}).items():
        if name in values and not _fits(shape, values[name]):
            allowed = shape.get("enum", []) if isinstance(shape, dict) else []
            yield f"{name} {values[name]!r} is none of {', '.join(map(str, allowed[:8]))}"


def _holds(condition: dict[str, Any], values: dict[str, Any]) -> bool:
    required = all(name in values for name in condition.get("required", ()))
    fit = (_fits(shape, values[name]) for name, shape in condition.get("properties", {}).items() if name in values)
    return required and all(fit)


def _fits(shape: Any, value: Any) -> bool:
    if not isinstance(shape, dict):
        return bool(shape)
    text = str(value)
    if "const" in shape and text != str(shape["const"]):
        return False
    if "enum" in shape and text not in {str(each) for each in shape["enum"]}:
        return False
    return "pattern" not in shape or re.search(shape["pattern"], text) is not None
