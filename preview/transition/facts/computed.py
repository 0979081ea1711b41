"""Properties that the provider computes where they are left out: an update that leaves one out keeps its value."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

__all__ = ["TABLE", "computed"]

TABLE = Path(__file__).with_name("computed.json")
"""Extracted from the provider's schema by `tests/provider_facts/extract.py`; the version stands in it."""


@cache
def computed(type_: str) -> frozenset[str]:
    """The paths, without indices, of the plain properties of `type_` that are Optional and Computed."""
    return frozenset(_table().get(type_, ()))


@cache
def _table() -> dict[str, list[str]]:
    return json.loads(TABLE.read_text(encoding="utf-8"))["types"]
