"""Values of another shape than the setting's: text for a list, a unit behind a number, one value for a mapping."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from typing import Any, NamedTuple

from policy.guardrails.secret_detection import contains_secret, secret_arguments
from settings.model import OPEN

__all__ = ["Words", "for_flag", "for_list", "for_number", "for_text"]

_COMMANDS = ("command", "entrypoint", "health_command")
_SHELL = re.compile(r"[|&;<>$`*]")
_PLAIN = re.compile(r"[A-Za-z_./-][\w./=@+-]*")
_NOT_TEXT = re.compile(r"true|false|null|~|[-+.]?\d.*", re.IGNORECASE)
_UNIT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-zA-Z]+)")
_SECONDS = {"ms": 0.001, "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600,
            "d": 86400, "day": 86400, "w": 604800, "week": 604800}  # fmt: skip
_SIZES = {"k": 1, "kb": 1, "kib": 1, "m": 1024, "mb": 1024, "mib": 1024, "g": 1048576, "gb": 1048576, "gib": 1048576,
          "t": 1073741824, "tb": 1073741824, "tib": 1073741824}  # fmt: skip
# How a setting's name ends, and the table and the entry of its unit.
_OWN = (("_ms", _SECONDS, "ms"), ("_s", _SECONDS, "s"), ("minutes", _SECONDS, "m"), ("hours", _SECONDS, "h"),
        ("days", _SECONDS, "d"), ("memory", _SIZES, "m"), ("_kb", _SIZES, "k"), ("_mb", _SIZES, "m"),
        ("_gb", _SIZES, "g"))  # fmt: skip
_FLAGS = {"enabled": True, "enable": True, "active": True, "disabled": False, "disable": False, "none": False}
_LONGEST = 120


class Words(NamedTuple):
    """What is wrong, the fix, and the corrected value. `hidden` is the fix where the value must not be shown; without
    it, fix and corrected value hold nothing of the user's."""

    what: str
    fix: str
    corrected: Any = OPEN
    hidden: str | None = None


def for_list(value: Any, key: str, *, of_text: bool) -> Words:
    """A single value where a list belongs."""
    plain = "write [one, two]"
    if isinstance(value, dict):
        return Words("is a mapping and not a list", "write `- ` before its first line, and indent the others alike")
    if not of_text and isinstance(value, str):
        return Words("is not a list", "write one `- key: value` for each entry")
    if not isinstance(value, str):
        return Words("is not a list", f"write {json.dumps([value])}", [value], plain)
    if key not in _COMMANDS:
        items = [item for item in re.split(r"[,\s]+", value) if item]
        return Words("is not a list", f"write {_flow(items)}", items, plain)
    items = _arguments(value)
    plain = "write each argument by itself, as in [python, -m, app]"
    if not items or contains_secret(value) or any(secret_arguments(items)):
        return Words("is not a list", plain)
    return Words("is not a list", f"write {_flow(items)}", items, plain)


def _arguments(command: str) -> list[str]:
    """The arguments of a command line; a shell takes it whole where it asks for one."""
    try:
        words = shlex.split(command)
    except ValueError:
        return []
    return ["sh", "-c", command] if _SHELL.search(command) else words


def _flow(items: Sequence[str]) -> str:
    """The list as YAML has it in one line."""
    plain = [item if _PLAIN.fullmatch(item) and not _NOT_TEXT.fullmatch(item) else json.dumps(item) for item in items]
    text = f"[{', '.join(plain)}]"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def for_number(value: Any, key: str, *, whole: bool) -> Words:
    """Something else where a number belongs."""
    what = "is not a whole number" if whole else "is not a number"
    plain = "write digits alone"
    if isinstance(value, float) and whole:
        return Words(what, f"write {int(value)} or {int(value) + 1}")
    number = _number(value.strip(), key) if isinstance(value, str) else None
    if number is None:
        return Words(what, plain)
    return Words(what, f"write {number}", number, plain)


def _number(text: str, key: str) -> int | None:
    """The number that the text says, in the setting's own unit."""
    if re.fullmatch(r"\d{1,3}([ ,'_]\d{3})+", text):
        return int(re.sub(r"\D", "", text))
    if key.endswith("percent") and (percent := re.fullmatch(r"(\d+) ?%", text)):
        return int(percent[1])
    if key == "port" and (port := re.fullmatch(r"(?:\d+:)?(\d+)(?:/(?:tcp|udp|http))?", text)):
        return int(port[1])
    match = _UNIT.fullmatch(text)
    own = next(((table, unit) for end, table, unit in _OWN if key.endswith(end)), None)
    if match is None or own is None:
        return None
    table, unit = own
    name = match[2].lower()
    size = table.get(name) or table.get(name.removesuffix("s"))
    amount = float(match[1]) * size / table[unit] if size else 0.5
    return int(amount) if amount == int(amount) else None


def for_flag(value: Any) -> Words:
    """Something else where true or false belongs."""
    meaning = _FLAGS.get(value.strip().lower()) if isinstance(value, str) else None
    if meaning is None:
        return Words("is neither true nor false", "write one of the two")
    return Words("is neither true nor false", f"write {json.dumps(meaning)}", meaning)


def for_text(value: Any) -> Words:
    """Something else where text belongs."""
    if isinstance(value, dict):
        return Words("is a mapping and not text", "write one text")
    if isinstance(value, list):
        single = value[0] if len(value) == 1 and isinstance(value[0], str) else None
        if single is None:
            return Words("is a list and not text", "write one text")
        return Words("is a list and not text", f"write {json.dumps(single)}", single, "write the text alone")
    text = json.dumps(value)
    return Words("is not text", f'write "{text}", in quotes', text, "put it in quotes")
