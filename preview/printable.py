"""What leaves the preview as text: no control character, no command of a CI system, nothing that looks like a secret.

The names and values in a plan come from files that anybody may have written, and logs of CI are read by anybody.
"""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from policy.guardrails.secret_detection import masked_secrets

__all__ = ["PrintableStream", "json_text", "printable"]

# The styles that rich itself writes to a terminal: bold, dim, the eight colours, and their ends.
_STYLE = re.compile(r"\x1b\[(?:[0-2]|2[1-4]|3[0-79]|4[079]|9[0-7]|;){1,16}m")
# GitHub Actions runs what follows these in a log: `::` where a line begins, `##[` anywhere.
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|##(?=\[)", re.MULTILINE)
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\uffff\U00010000-\U0010ffff\n\t]")
# Format characters turn the order of what is shown around, or are not shown at all; half a pair cannot be written,
# and the last two are no characters.
_HIDDEN = re.compile(
    "[\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text with a space in each command, an escape for each unprintable character, and secrets masked."""
    return _without_controls(_COMMAND.sub(lambda match: f"{match.group()} ", masked_secrets(text)))


def json_text(value: object) -> str:
    """The value as JSON, with what cannot be printed escaped as JSON does; the value stays the same."""
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).replace("##[", "#\\u0023[")
    return _HIDDEN.sub(_json_escaped, _UNPRINTABLE.sub(_json_escaped, text)) + "\n"


class PrintableStream:
    """A text stream that lets only printable text through, and, to a terminal, the styles that rich writes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._styled = stream.isatty()

    def write(self, text: str) -> int:
        """Write what is printable of `text`."""
        if not self._styled:
            return self._stream.write(printable(text))
        styles = [*_STYLE.findall(text), ""]
        parts = zip(_STYLE.split(text), styles, strict=True)
        return self._stream.write("".join(_without_controls(masked_secrets(part)) + style for part, style in parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _without_controls(text: str) -> str:
    return _HIDDEN.sub(_escaped, _UNPRINTABLE.sub(_escaped, text))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _json_escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
