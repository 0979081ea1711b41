"""What the preview shows of a plan: its page as a terminal has it, the tree, and the page as Markdown."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console

from preview.against import Against
from preview.diff import Difference
from preview.page import head, sections
from preview.plan import Plan
from preview.render import render
from preview.summary import markdown
from preview.tree import tree

__all__ = ["all_text", "page_of"]


def page_of(
    plan: Plan,
    found: Against | None = None,
    differences: Iterable[Difference] = (),
    *,
    allow_data_loss: bool = False,
    with_tree: bool = False,
) -> str:
    """The page as printed, with every resource as a tree where that is asked for."""
    screen = io.StringIO()
    page = sections(plan, found, differences, allow_data_loss=allow_data_loss)
    first = next(iter(plan.phases.values()))
    render(head(plan), page, Console(file=screen, width=1000), tree=tree(first) if with_tree else None)
    return screen.getvalue()


def all_text(plan: Plan) -> str:
    """The page with the tree, and the page as Markdown."""
    summary = markdown(head(plan), sections(plan, None, (), allow_data_loss=False))
    return page_of(plan, with_tree=True) + summary
