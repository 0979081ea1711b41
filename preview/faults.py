"""The faults of a stack file, with their lines, for a person and as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from preview.printable import json_text
from preview.stackfile import StackFile
from settings.corrections import corrected, parts
from settings.fault_lines import fault_lines, grouped, printable
from settings.model import OPEN, REMOVE, Fault, Rename

__all__ = ["SettingsFaultsError", "failure_text", "to_json"]

_MOST_LINES = 10
_PLACE = re.compile(r"(?P<file>[^:\n]+\.ya?ml)(?::(?P<line>\d+))?(?::\d+)?: ")


class SettingsFaultsError(Exception):
    """The faults of a stack file's settings."""

    def __init__(self, faults: Sequence[Fault], file: StackFile, project: str) -> None:
        self.faults, self.file, self.project = list(faults), file, project
        super().__init__(self.text(every_name=False))

    def line(self, fault: Fault) -> int:
        """The line of the fault's key, or of the nearest one above it that the file has."""
        key = fault.key.removeprefix(f"{self.project}:")
        return self.file.line_of(re.sub(r"\[(\d+)\]", r".\1", key))

    def text(self, *, every_name: bool) -> str:
        """One line for each fault, or for equal ones of siblings, behind file and line; then the file's hints."""
        lines = [
            f"{self.file.path}:{self.line(group[0])}: {fault_lines(group, every_name=every_name)[0]}"
            for group in grouped(self.faults)
        ]
        return "\n".join([*lines, *map(str, self.file.hints)])

    def to_json(self) -> list[dict[str, Any]]:
        """Every fault by itself."""
        return [
            {
                "key": printable(fault.key),
                "file": self.file.path.as_posix(),
                "line": self.line(fault),
                **_as_json(fault),
            }
            for fault in self.faults
        ]


def to_json(failure: Exception | None) -> str:
    """The failure as a JSON document with a list of faults; of what is no fault of a setting, the message alone."""
    faults: list[dict[str, Any]] = []
    if isinstance(failure, SettingsFaultsError):
        faults = failure.to_json()
    elif failure is not None:
        faults = [_of_line(line) for line in str(failure).splitlines()]
    return json_text({"faults": faults})


def failure_text(message: str, *, all_errors: bool = False) -> str:
    """A failure as standard error shows it: at most ten lines, unless all are asked for."""
    lines = message.splitlines() or ["the program failed without a message"]
    if len(lines) > _MOST_LINES and not all_errors:
        lines = [*lines[: _MOST_LINES - 1], f"… and {len(lines) - _MOST_LINES + 1} more; --all-errors shows them"]
    return "\n".join([f"error: {lines[0]}", *(f"  {line}" for line in lines[1:])]) + "\n"


def _as_json(fault: Fault) -> dict[str, Any]:
    reason, fix = parts(replace(fault, reason=printable(fault.reason)))
    text: dict[str, Any] = {"reason": reason, "fix": fix}
    correction = corrected(fault)
    if correction is REMOVE:
        return text | {"remove": True}
    if isinstance(correction, Rename):
        return text | {"rename": printable(correction.name)}
    return text if correction is OPEN else text | {"corrected": _masked(correction)}


def _masked(value: Any) -> Any:
    """The value without what looks like a secret in it."""
    if isinstance(value, dict):
        return {printable(str(key)): _masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def _of_line(line: str) -> dict[str, Any]:
    """A message that names no setting, perhaps with a place in front."""
    place = _PLACE.match(line)
    what = _as_json(Fault("", line[place.end() :] if place else line))
    return {
        "key": None,
        "file": Path(place["file"]).as_posix() if place else None,
        "line": int(place["line"]) if place and place["line"] else None,
        "reason": what["reason"],
        "fix": what["fix"],
    }
