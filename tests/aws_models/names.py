"""The names that Pulumi and its provider make up where the program leaves them to it."""

from __future__ import annotations

from typing import Any

from preview.plan import Record

__all__ = ["with_automatic_names"]

_NAMED = ("bucket", "clusterIdentifier", "identifier", "name")
# The provider appends a time and a counter to a prefix.
_AFTER_PREFIX = "20260101000000000000000001"


def with_automatic_names(record: Record) -> dict[str, Any]:
    """The record's inputs and, where it has none, the name that it will get.

    Pulumi makes it from the logical name, a hyphen and seven digits; the provider from a prefix and 26 digits.
    """
    made_up = {}
    for key in _NAMED:
        prefix, answer = record.inputs.get(f"{key}Prefix"), record.outputs.get(key)
        if key in record.inputs:
            continue
        if isinstance(prefix, str):
            made_up[key] = prefix + _AFTER_PREFIX
        elif isinstance(answer, str) and f"{record.name}-" in answer:
            made_up[key] = answer
    return {**record.inputs, **made_up}
