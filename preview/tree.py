"""Every resource of a plan as a tree, below the component that makes it."""

from __future__ import annotations

from rich.markup import escape
from rich.tree import Tree

from preview.plan import STACK_TYPE, Phase, Record

__all__ = ["tree"]


def tree(phase: Phase) -> Tree:
    """The tree, with what is protected, retained, unknown or secret."""
    root = Tree("[bold]pulumi:pulumi:Stack[/]", guide_style="dim")
    nodes: dict[str, Tree] = {}
    records = phase.by_urn()

    def node(record: Record) -> Tree:
        if record.urn not in nodes:
            parent = records.get(record.parent)
            above = node(parent) if parent is not None and parent.type != STACK_TYPE else root
            nodes[record.urn] = above.add(_label(record))
        return nodes[record.urn]

    for record in sorted(phase.records, key=lambda r: (r.name, r.type)):
        node(record)
    return root


def _label(record: Record) -> str:
    flags = [
        word
        for word, on in (
            ("protected", record.protect),
            ("retained", record.retain_on_delete),
            (f"{len(record.unknown)} unknown", bool(record.unknown)),
            (f"{len(record.secret)} secret", bool(record.secret)),
        )
        if on
    ]
    style = "cyan" if record.custom else "bold magenta"
    tail = f"  [dim]{', '.join(flags)}[/]" if flags else ""
    return f"[green]+[/] [{style}]{escape(record.type)}[/] {escape(record.name)}{tail}"
