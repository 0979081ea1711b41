"""The JSON Schema of a rule's configuration, for the engine and Pulumi Cloud."""

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
    """The properties of a rule's configuration, without its level."""
    return {
        "undecided": {
            "type": "string",
            "enum": ["advisory", "mandatory"],
            "default": "advisory",
            "description": "the level of findings that cannot be decided yet",
        },
        "exemptions": {
            "type": "array",
            "description": "violations that an owner accepts, for at most 12 months",
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
