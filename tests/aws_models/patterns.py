"""Patterns of AWS's API models, which are written for Java, as Python's."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

__all__ = ["UntranslatableError", "compiled", "matches"]

_SURROGATES = r"\uD800\uDC00-\uDBFF\uDFFF"
_PROPERTY = re.compile(r"\\([pP])(?:\{\^?(\w+)\}|(\w))")
# `\w-_` is a class and two characters in Java, a faulty range in Python.
_CLASS_THEN_HYPHEN = re.compile(r"(\\[wdsWDS])-(?=[^\]])")
_POSIX = {
    "ASCII": r"\x00-\x7f",
    "Alnum": "a-zA-Z0-9",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Graph": r"\x21-\x7e",
    "Lower": "a-z",
    "Print": r"\x20-\x7e",
    "Punct": r"!-/:-@\[-`{-~",
    "Space": r" \t\n\x0b\f\r",
    "Upper": "A-Z",
    "XDigit": "0-9a-fA-F",
}


class UntranslatableError(ValueError):
    """A pattern for which Python has no equal."""


def matches(pattern: str, value: str) -> bool:
    """Whether AWS takes `value`: it must match as a whole, unless the pattern is anchored at one end only.

    Errors: UntranslatableError.
    """
    expression = compiled(pattern)
    starts, ends = pattern.startswith("^"), pattern.endswith("$")
    return bool(expression.fullmatch(value) if starts == ends else expression.search(value))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` for Python: Unicode categories written out, surrogate pairs as the characters they stand for.

    Errors: UntranslatableError.
    """
    text = pattern.replace(_SURROGATES, r"\U00010000-\U0010FFFF")
    text = _CLASS_THEN_HYPHEN.sub(r"\1\-", text)
    parts, at, in_class = [], 0, False
    while at < len(text):
        found = _PROPERTY.match(text, at)
        if found:
            parts.append(_property(found, in_class))
            at = found.end()
            continue
        step = 2 if text[at] == "\\" else 1
        in_class = (in_class or text[at] == "[") and text[at] != "]"
        parts.append(text[at : at + step])
        at += step
    try:
        return re.compile("".join(parts), re.ASCII)
    except re.error as error:
        raise UntranslatableError(f"{pattern}: {error}") from None


def _property(found: re.Match[str], in_class: bool) -> str:
    name = found[2] or found[3]
    if found[1] == "P" or "^" in found[0]:
        raise UntranslatableError(f"{found.string}: a negated property")
    ranges = _POSIX.get(name) or _categories().get(name)
    if ranges is None:
        raise UntranslatableError(f"{found.string}: no property {name}")
    return ranges if in_class else f"[{ranges}]"


@cache
def _categories() -> dict[str, str]:
    """Ranges of each Unicode category, such as `Zs`, and group of categories, such as `Z`."""
    found: dict[str, list[list[int]]] = {}
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        for name in (category, category[0]):
            ranges = found.setdefault(name, [])
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return {name: "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges) for name, ranges in found.items()}
