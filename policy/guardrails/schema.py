"""The JSON Schema of a rule's configuration, which the engine and Pulumi Cloud check and show."""

from __future__ import annotations

from typing import Any

from .config import EXEMPTION_KEYS
from .model import Param, Rule

_SHAPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "integers": {"type": "array", "items": {"type": "integer"}},
}


def config_schema(rule: Rule) -> dict[str, dict[str, Any]]:
    """The properties of a rule's configuration, its level apart."""
    return {
        "undecided": {
            "type": "string",
            "enum": ["advisory", "mandatory"],
            "default": "advisory",
            "description": "how much a verdict weighs that cannot be reached yet",
        },
        "exemptions": {
            "type": "array",
            "description": "violations that somebody answers for, until a day at most 12 months ahead",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": list(EXEMPTION_KEYS),
                "properties": {key: {"type": "string"} for key in EXEMPTION_KEYS},
            },
        },
        **{param.name: _property(param) for param in rule.params},
    }


def _property(param: Param) -> dict[str, Any]:
    default = list(param.default) if isinstance(param.default, tuple) else param.default
    return {**_SHAPES[param.kind], "default": default, "description": param.doc}
