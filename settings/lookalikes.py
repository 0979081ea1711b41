"""Signs that word processors and web pages write where YAML wants plain ones."""

from __future__ import annotations

__all__ = ["odd_sign", "plain"]

# Sign -> what it is called, and what is meant.
_SIGNS = {
    "\u00a0": ("a no-break space", " "),
    "\u2007": ("a figure space", " "),
    "\u202f": ("a narrow no-break space", " "),
    "\u200b": ("a zero-width space", ""),
    "\u2060": ("a word joiner", ""),
    "\ufeff": ("a byte order mark", ""),
    "\u201c": ("a typographic quote", ""),
    "\u201d": ("a typographic quote", ""),
    "\u2018": ("a typographic quote", ""),
    "\u2019": ("a typographic quote", ""),
    "\u2013": ("a dash", "-"),
    "\u2011": ("a no-break hyphen", "-"),
}


def plain(text: str) -> str:
    """The text with plain signs, and without blanks around it."""
    for sign, (_, meant) in _SIGNS.items():
        text = text.replace(sign, meant)
    return text.strip()


def odd_sign(text: str) -> str | None:
    """The name of the first such sign in the text, with its number; None where there is none."""
    return next((f"{_SIGNS[sign][0]} (U+{ord(sign):04X})" for sign in text if sign in _SIGNS), None)
