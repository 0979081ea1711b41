"""Slips that YAML reports elsewhere, or not at all: a sign that is not plain, a colon without a space."""

from __future__ import annotations

import re

from settings.lookalikes import odd_sign

__all__ = ["slip"]

_TIGHT = re.compile(r"\s*(?:- )?(?P<key>[A-Za-z_][\w-]*(?::[A-Za-z_][\w.-]*)?):(?!//)[^\s:]\S*\s*")
_COMMENT = re.compile(r"(^|\s)#.*")
# As many lines back a slip may lie from where YAML stumbles over it.
_REACH = 3


def slip(text: str, line: int | None = None) -> tuple[int, str] | None:
    """The line of the last slip at or shortly before `line`, or of the first one, and what to do; never a value."""
    lines = text.splitlines()
    numbers = range(1, len(lines) + 1) if line is None else range(min(line, len(lines)), max(line - _REACH, 0), -1)
    for number in numbers:
        content = _COMMENT.sub("", lines[number - 1])
        if (sign := odd_sign(content)) is not None:
            return number, f"the line holds {sign}; write a plain one, or a plain space"
        if (tight := _TIGHT.fullmatch(content)) is not None:
            return (
                number,
                f"there is no space after {tight['key']}:, so the line is text; write `{tight['key']}: value`",
            )
    return None
