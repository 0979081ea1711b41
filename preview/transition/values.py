"""Values of a plan as a transition compares them: plain ones, unknown ones, and secrets that are masked."""

from __future__ import annotations

import re
from typing import Any

from preview.wire import UNKNOWN, join

__all__ = ["SECRET", "UNKNOWN", "bare", "exported", "holds", "number", "read", "texts", "version"]

_INDEX = re.compile(r"\[\d+\]")
_VERSION = re.compile(r"\d+(?:\.\d+)*")
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"
_UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


class _Secret:
    """Stands for a value that a plan's JSON or a state does not show."""

    def __repr__(self) -> str:
        return "<secret>"


SECRET = _Secret()


def read(value: Any) -> Any:
    """A value of a plan's JSON, with the marks of what is unknown or secret told apart from texts."""
    if value == "<unknown>":
        return UNKNOWN
    if value == "<secret>":
        return SECRET
    if isinstance(value, dict):
        return {key: read(item) for key, item in value.items()}
    return [read(item) for item in value] if isinstance(value, list) else value


def exported(value: Any) -> Any:
    """A value of an exported state. A secret stays one, whether it is encrypted or shown."""
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET_SIGNATURE:
            return SECRET
        # The provider notes here what it filled in itself: defaults, and automatic names.
        filled_in = {"__defaults", *value.get("__defaults", ())}
        return {key: exported(item) for key, item in value.items() if key not in filled_in}
    if isinstance(value, list):
        return [exported(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return UNKNOWN if value == _UNKNOWN_TEXT else value


def bare(path: str) -> str:
    """A property path without indices."""
    return _INDEX.sub("", path)


def holds(value: Any, mark: object) -> bool:
    """Whether `mark` (UNKNOWN or SECRET) is the value, or lies anywhere within it."""
    if isinstance(value, dict):
        return any(holds(item, mark) for item in value.values())
    return any(holds(item, mark) for item in value) if isinstance(value, list) else value is mark


def texts(value: Any, path: str = "") -> dict[str, str]:
    """Every text within a value, by its path."""
    if isinstance(value, str):
        return {path: value}
    if isinstance(value, dict):
        return {k: v for key, item in value.items() for k, v in texts(item, join(path, key)).items()}
    if isinstance(value, list):
        return {k: v for i, item in enumerate(value) for k, v in texts(item, join(path, i)).items()}
    return {}


def number(value: Any) -> float | None:
    """A number, also one that is written as text; None for what is unknown or no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def version(value: Any) -> tuple[int, ...] | None:
    """The numbers of a version such as `16.4`; None where it is unknown. `6.x` is as new as any 6."""
    match = _VERSION.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    numbers = tuple(int(part) for part in match[0].split("."))
    return (*numbers, 10**9) if value[match.end() :] == ".x" else numbers
