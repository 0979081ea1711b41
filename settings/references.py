"""The references that `outputs` may name, read from the table of outputs."""

from __future__ import annotations

from settings.outputs import ENTRIES, NAME, OUTPUTS
from settings.stack import Settings

__all__ = ["help_text", "paths", "patterns", "references", "table"]


def references(settings: Settings) -> tuple[str, ...]:
    """Every reference that `outputs` may name for a stack with these settings."""
    return tuple(sorted(paths(settings)))


def paths(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The same references, each with the path of its value: the kind, then keys and attributes."""
    return {
        # A name may contain dots.
        output.reference.replace(NAME, name): tuple(name if step == NAME else step for step in output.path.split("."))
        for output in OUTPUTS
        for name in (output.names or ENTRIES[output.kind])(settings)
    }


def patterns() -> tuple[str, ...]:
    """Every reference of the table, with `<name>` for the name of a settings entry."""
    return tuple(output.pattern for output in OUTPUTS)


def help_text() -> str:
    """What an editor shows about the value of an output."""
    rows = (f"- `{output.pattern}`: {output.doc}" for output in OUTPUTS)
    return "\n".join(["A reference to something that the stack has:\n", *rows])


def table() -> str:
    """The table of outputs as Markdown."""
    rows = (f"| `{output.pattern}` | {output.doc} |" for output in OUTPUTS)
    return "\n".join(["| reference | value |", "|---|---|", *rows])
