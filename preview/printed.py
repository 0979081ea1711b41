"""Shows sections of lines on a terminal, and as Markdown for a pull request or a job's summary."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, as plain text; `style` is one of rich's, for a terminal."""

    text: str
    style: str = ""
