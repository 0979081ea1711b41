"""The page as Markdown, for a pull request's comment or a job's summary on GitHub."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from preview.page import Section
from preview.printable import printable

__all__ = ["LIMIT", "markdown"]

# GitHub takes 1 MiB of a job's summary and 65,536 characters of a comment; the smaller serves both.
LIMIT = 65_000
# What no Markdown takes as markup; a title with a file's path may hold anything.
_PLAIN = re.compile(r"[A-Za-z0-9 ,;()-]*")
_CUT = "… and {more} more lines, which GitHub's limit leaves no room for; run the preview to see them"


def markdown(head: str, page: Sequence[Section], limit: int = LIMIT) -> str:
    """The page in at most `limit` characters: what is not important loses the ends of its longest sections first.

    Names and values stand in code blocks alone, so that none is taken as markup, a link or a mention.
    """
    most = {important: max(_lengths(page, important=important), default=0) for important in (True, False)}
    while len(text := _text(head, page, most)) > limit and max(most.values()) > 1:
        cut = most[False] <= 1  # what is important is cut when nothing else is left
        most[cut] = most[cut] * 2 // 3
    return text


def _lengths(page: Sequence[Section], *, important: bool) -> list[int]:
    return [len(section.lines) for section in page if section.important == important]


def _text(head: str, page: Sequence[Section], most: Mapping[bool, int]) -> str:
    texts = [_section(section, most[section.important]) for section in page]
    return "\n".join([f"### Preview of {_code(_one_line(head))}", "", *texts])


def _section(section: Section, most: int) -> str:
    lines = [printable(line.text) for line in section.lines]
    shown = [*lines[:most], _CUT.format(more=len(lines) - most)] if len(lines) > most else lines
    fence = "`" * max(3, 1 + max(map(_backticks, shown), default=0))
    block = "\n".join([f"{fence}text", *shown, fence])
    title = _one_line(f"{section.title} ({section.note})" if section.note else section.title)
    if section.important:
        return f"**{title if _PLAIN.fullmatch(title) else _code(title)}**\n\n{block}\n"
    summary = title if _PLAIN.fullmatch(title) else f"<code>{escape(title)}</code>"
    return f"<details><summary>{summary}: {len(lines)}</summary>\n\n{block}\n</details>\n"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _backticks(line: str) -> int:
    """The length of the longest run of backticks."""
    longest = run = 0
    for sign in line:
        run = run + 1 if sign == "`" else 0
        longest = max(longest, run)
    return longest


def _code(text: str) -> str:
    fence = "`" * (1 + _backticks(text))
    return f"{fence} {text} {fence}"
