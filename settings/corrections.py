"""What a fault says as parts: what is wrong, the fix, and the corrected value if the fix names one.

People and machines read the same text, so that the value cannot differ from what the message says.
"""

from __future__ import annotations

import re
from typing import Any

from policy.guardrails.reading import parse_json
from settings.model import OPEN, REMOVE, Fault

__all__ = ["corrected", "parts"]

_PAIRS = {"(": ")", "[": "]", "{": "}", "'": "'", '"': '"', "`": "`"}
_MEANT = re.compile(r"did you mean (\S+)\?")
# A value that is followed by nothing, or by words that explain it or say what else would do.
_WRITE = re.compile(r"write (?P<value>\"[^\"]*\"|[\w.:/*+@-]+|\[[^\[\]…]*\]|\{\})(?=$|[,;] | \(| or | in )")
_NUMBER = re.compile(
    r"(?:write (?:at (?:least|most) )?|raise it to |lower it to |nearest is )(?P<number>\d+)(?=$|[,;] | \(| or | in )"
)
# Words that stand where a value could.
_WORDS = {"a", "each", "it", "one", "that", "the", "those", "your"}


def parts(fault: Fault) -> tuple[str, str]:
    """What is wrong, and the fix; the fix is empty where the reason says it already."""
    depth: list[str] = []
    text = fault.reason
    for i, sign in enumerate(text):
        if depth and sign == depth[-1]:
            depth.pop()
        elif sign in _PAIRS and not (sign == "'" and i and text[i - 1].isalnum()):
            if not depth or depth[-1] not in "'\"`":
                depth.append(_PAIRS[sign])
        elif sign == ";" and not depth:
            return text[:i], text[i + 1 :].strip()
    what, mark, fix = text.rpartition("; ")
    return (what, fix) if mark else (text, "")


def corrected(fault: Fault) -> Any:
    """The value that the key should have, a Rename, REMOVE, or OPEN where only a person knows."""
    if fault.corrected is not OPEN:
        return fault.corrected
    fix = parts(fault)[1]
    if fix == "remove it" or (fix.startswith(("remove it,", "remove it ")) and not fix.startswith("remove it from")):
        return REMOVE
    if match := _MEANT.fullmatch(fix):
        return match[1]
    if match := _NUMBER.match(fix):
        return int(match["number"])
    if (match := _WRITE.match(fix)) and match["value"] not in _WORDS:
        return _value(match["value"])
    return OPEN


def _value(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return text
