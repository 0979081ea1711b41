"""Which settings replace something when they change, by their own help."""

from __future__ import annotations

import re

from settings.keys import keys

__all__ = ["says_replaces", "table"]

_SAYS = re.compile(r"\breplac(es|ed|ing)\b")
_ONCE = "chosen once"
# Tasks share their help with services, and are never replaced.
_TASKS = "compute.tasks."


def says_replaces() -> dict[str, str]:
    """The settings whose help speaks of replacing, with what it says."""
    found = {path: _said(key.help) for path, key in keys().items() if not path.startswith(_TASKS)}
    return {path: text for path, text in found.items() if text}


def table() -> str:
    """The settings that replace something as a table in Markdown."""
    rows = (f"| `{path.replace('*', '<name>')}` | {text} |" for path, text in sorted(says_replaces().items()))
    return "\n".join(["| setting | what its help says |", "|---|---|", *rows])


def _said(text: str) -> str:
    """From the sentence on that speaks of it: what follows belongs to it."""
    sentences = re.split(r"(?<=\.) +", " ".join(text.split()))
    return " ".join(sentence for sentence in sentences if _SAYS.search(sentence) or _ONCE in sentence)
