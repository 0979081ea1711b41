"""Shows on the terminal what differs from an earlier plan."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from preview.diff import Change, Difference, Earlier

__all__ = ["render_differences"]

_LONGEST = 80


def render_differences(earlier: Earlier, differences: Iterable[Difference], console: Console) -> None:
    """Print what differs in each phase; of a later phase only what is not in an earlier one."""
    printed: set[object] = set()
    for difference in differences:
        lines = list(_lines(difference))
        new = [line for line in lines if line not in printed]
        console.print(
            f"[bold]Against {escape(earlier.path.as_posix())}[/] ({difference.phase}): {_counts(difference)}",
            highlight=False,
        )
        for line in new:
            console.print(f"  {line}", highlight=False)
        if len(new) < len(lines):
            console.print(f"  [dim]{len(lines) - len(new)} as above[/]")
        printed.update(lines)


def _counts(difference: Difference) -> str:
    if not difference:
        return "no difference"
    counts = {"created": difference.created, "deleted": difference.deleted, "changed": difference.changed}
    parts = [f"{len(urns)} {word}" for word, urns in counts.items() if urns]
    if difference.outputs:
        parts.append(f"{len(difference.outputs)} in outputs")
    return ", ".join(parts)


def _lines(difference: Difference) -> Iterable[str]:
    """One text for each resource, with its changed properties below it."""
    for urn in difference.created:
        yield f"[green]+[/] {_name(urn)}"
    for urn in difference.deleted:
        yield f"[red]-[/] {_name(urn)}"
    for urn, changes in difference.changed.items():
        yield "\n".join([f"[yellow]~[/] {_name(urn)}", *(f"      {_change(change)}" for change in changes)])
    for change in difference.outputs:
        yield f"[yellow]~[/] output {_change(change)}"


def _name(urn: str) -> str:
    """Type and logical name."""
    return escape(f"{urn.split('::')[2].rpartition('$')[2]} {urn.rpartition('::')[2]}")


def _change(change: Change) -> str:
    return escape(f"{change.path}: {_short(change.before)} -> {_short(change.after)}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
