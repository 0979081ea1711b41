"""How many resources each entry of the settings makes."""

from __future__ import annotations

from collections import Counter

from preview.plan import Phase

__all__ = ["entries"]

# An entry such as `compute.services.api` stands for what it holds, such as its route.
_ENTRY = 3


def entries(phase: Phase) -> dict[str, int]:
    """The number of resources by settings entry, in the order of the entries' names; providers have none."""
    counts = Counter(_entry(record.origin) for record in phase.records if record.custom and record.origin)
    return dict(sorted(counts.items()))


def _entry(origin: str) -> str:
    return ".".join(origin.split(".")[:_ENTRY])
