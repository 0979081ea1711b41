"""A line of the page, which the terminal and the Markdown show each in its own way."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, as plain text; `style` is one of rich's, for a terminal."""

    text: str
    style: str = ""
