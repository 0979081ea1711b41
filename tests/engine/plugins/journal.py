"""The stand-ins' common record of calls, one JSON object a line, and what exists according to it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["Journal", "living", "made_twice"]


class Journal:
    """Appends calls to a file. Each line is one write, so that several processes may share the file."""

    def __init__(self, path: Path | None) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if path else None
        self._path = path

    def write(self, call: str, **details: Any) -> None:
        """Record one call."""
        if self._file is not None:
            line = json.dumps({"call": call, **details}, separators=(",", ":"), sort_keys=True)
            os.write(self._file, line.encode() + b"\n")

    def read(self) -> list[dict[str, Any]]:
        """Every call recorded so far, by any process."""
        if self._path is None or not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_text(encoding="utf-8").splitlines()]


def living(calls: list[dict[str, Any]]) -> dict[str, str]:
    """The id and URN of every resource that was made and not deleted since."""
    alive: dict[str, str] = {}
    for call in calls:
        if call["call"] == "created":
            alive[call["id"]] = call["urn"]
        elif call["call"] == "deleted":
            alive.pop(call["id"], None)
    return alive


def made_twice(calls: list[dict[str, Any]]) -> list[str]:
    """The URNs that exist more than once."""
    urns = list(living(calls).values())
    return sorted({urn for urn in urns if urns.count(urn) > 1})
