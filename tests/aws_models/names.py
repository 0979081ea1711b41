"""The names that Pulumi makes up where the program leaves them to it."""

from __future__ import annotations

from typing import Any

from preview.plan import Record

__all__ = ["with_automatic_names"]

_NAMED = ("bucket", "clusterIdentifier", "identifier", "name")


def with_automatic_names(record: Record) -> dict[str, Any]:
    """The record's inputs and, where it has none, its automatic name: the logical name, a hyphen, seven digits."""
    made_up = {
        key: record.outputs[key]
        for key in _NAMED
        if key not in record.inputs
        and f"{key}Prefix" not in record.inputs
        and str(record.outputs.get(key, "")).startswith(f"{record.name}-")
    }
    return {**record.inputs, **made_up}
