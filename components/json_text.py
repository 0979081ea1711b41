"""JSON text from values that may contain outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

__all__ = ["json_text"]


@dataclass(frozen=True, slots=True)
class _Slot:
    """The position of an output in the document."""

    index: int


def json_text(value: Any, *, sort_keys: bool = False) -> pulumi.Input[str]:
    """`value` as compact JSON in its own key order: a string where all values are known, else an output.

    All outputs of the document are joined once, whereas `Output.json_dumps` joins them at every level.
    """
    outputs: list[pulumi.Output[Any]] = []
    slotted = _slotted(value, outputs)
    if not outputs:
        return _dumps(slotted, sort_keys)
    return pulumi.Output.all(*outputs).apply(lambda values: _dumps(_filled(slotted, values), sort_keys))


def _slotted(value: Any, outputs: list[pulumi.Output[Any]]) -> Any:
    if isinstance(value, pulumi.Output):
        outputs.append(value)
        return _Slot(len(outputs) - 1)
    if isinstance(value, Mapping):
        return {key: _slotted(item, outputs) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_slotted(item, outputs) for item in value]
    return value


def _filled(value: Any, values: Sequence[Any]) -> Any:
    if isinstance(value, _Slot):
        return values[value.index]
    if isinstance(value, dict):
        return {key: _filled(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    return value


def _dumps(value: Any, sort_keys: bool) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=sort_keys)
