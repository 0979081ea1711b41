"""Shows the page on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from preview.page import Section

__all__ = ["render"]


def render(head: str, page: Sequence[Section], console: Console, *, tree: Tree | None = None) -> None:
    """Print the page, and below it every resource as a tree where one is given."""
    console.print(Text(head, style="bold"))
    for section in page:
        title = Text(section.title, style="bold")
        console.print(title.append(f" ({section.note})", style="not bold dim") if section.note else title)
        for line in section.lines:
            console.print(Text(f"  {line.text}", style=line.style))
    if tree is not None:
        console.print(tree)
