"""Shows a plan on the terminal: a tree of what would be created, the outputs and the policies' verdict."""

from __future__ import annotations

import json
from collections import Counter
from itertools import zip_longest

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from preview.paths import paths
from preview.plan import STACK_TYPE, Phase, Plan, Record, masked

__all__ = ["render"]

_COLOURS = {"mandatory": "red", "advisory": "yellow"}


def render(plan: Plan, console: Console) -> None:
    """Print the plan: the tree of the first phase, outputs of the last one, and each phase's verdict."""
    phases = list(plan.phases.values())
    console.print(f"Previewing [bold]{escape(plan.stack)}[/] ({escape(plan.config_file.as_posix())}), offline")
    console.print(_tree(phases[0]))
    _paths(phases[-1], console)
    _outputs(phases[-1], console)
    for phase in phases:
        for warning in phase.warnings:
            console.print(f"[yellow]warning[/]: {escape(warning)}", highlight=False)
    for phase, later in zip_longest(phases, phases[1:]):
        _policies(phase, later, console)
    counts = Counter("custom" if record.custom else "component" for record in phases[0].records)
    console.print(
        f"[bold green]+ {counts['custom']} to create[/] in {counts['component']} components; "
        f"phases: {', '.join(plan.phases)}"
    )


def _tree(phase: Phase) -> Tree:
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


def _paths(phase: Phase, console: Console) -> None:
    found = paths(phase)
    if found:
        console.print("[bold]Network paths[/]")
    for path in found:
        colour = "yellow" if path.half else "default"
        console.print(f"  [{colour}]{escape(str(path))}[/]", highlight=False)


def _outputs(phase: Phase, console: Console) -> None:
    shown = masked(phase.outputs, phase.output_secrets)
    if shown:
        console.print(f"[bold]Outputs[/] ({phase.name})")
    for name, value in shown.items():
        text = value if isinstance(value, str) else json.dumps(value)
        console.print(f"  {escape(name)}: {escape(text)}", highlight=False)


def _policies(phase: Phase, later: Phase | None, console: Console) -> None:
    report = phase.report
    if report is None:
        return
    kinds = ("violations", "undecided", "exempted", "warnings", "errors")
    counts = ", ".join(f"{len(getattr(report, kind))} {kind}" for kind in kinds if getattr(report, kind))
    console.print(f"[bold]Policies[/] ({phase.name}): {counts or 'nothing found'}")
    known = later.report if later else None
    for kind in kinds:
        findings = getattr(report, kind)
        if kind == "undecided" and findings and known is not None and not known.undecided:
            console.print("  [dim]what is undecided is decided once values are known (see below)[/]")
            continue
        for finding in findings:
            colour = _COLOURS.get(finding.level, "white")
            console.print(
                f"  [{colour}]{kind.removesuffix('s')}[/] \\[{escape(finding.level)}] {escape(finding.policy)} "
                f"{escape(finding.urn.rpartition('::')[2])}: {escape(finding.message)}",
                highlight=False,
            )
