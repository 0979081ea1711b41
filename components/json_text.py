"""JSON text from values that may hold outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

__all__ = ["json_text"]


def json_text(value: Any) -> pulumi.Input[str]:
    """`value` as compact JSON in its own key order: plain where all is known, else an output."""
    if _has_output(value):
        return pulumi.Output.json_dumps(value, separators=(",", ":"))
    return json.dumps(value, separators=(",", ":"))


def _has_output(value: Any) -> bool:
    if isinstance(value, pulumi.Output):
        return True
    if isinstance(value, Mapping):
        return any(_has_output(item) for item in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_has_output(item) for item in value)
    return False
