"""Shows a plan on the terminal: a tree of what would be created, the outputs and the policies' verdict."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from policy.guardrails import RULES, Finding, Report
from preview.network_paths import network_paths
from preview.plan import STACK_TYPE, Phase, Plan, Record, masked
from preview.schedules import schedules

__all__ = ["render"]

_KINDS = ("violations", "undecided", "exempted", "warnings", "errors")
_FIXES = {rule.id: rule.fix for rule in RULES}
_COLOURS = {"mandatory": "red", "advisory": "yellow"}


def render(plan: Plan, console: Console) -> None:
    """Print the plan: the tree of the first phase, outputs of the last one, and each phase's verdict."""
    phases = list(plan.phases.values())
    console.print(f"Previewing [bold]{escape(plan.stack)}[/] ({escape(plan.config_file.as_posix())}), offline")
    console.print(_tree(phases[0]))
    _paths(phases[-1], console)
    _schedules(phases[-1], console)
    _outputs(phases[-1], console)
    for phase in phases:
        for warning in phase.warnings:
            console.print(f"[yellow]warning[/]: {escape(warning)}", highlight=False)
    if plan.judged_by is not None:
        by = plan.judged_by
        name = escape(_near(by.config)) if by.config else "the defaults"
        more = f"; {len(by.raised)} as strict has them, since the environment is prod" if by.raised else ""
        console.print(f"Policy configuration: {name} ({by.rules - len(by.off)} rules on, {len(by.off)} off{more})")
    for phase in phases:
        _policies(plan, phase, phases, console)
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
    paths = network_paths(phase)
    apis = phase.of_type("aws:apigatewayv2/api:Api")
    if paths or apis:
        console.print("[bold]Network paths[/]")
    for api in apis:
        console.print(f"  the internet -> {escape(api.name)}:443 (API Gateway)", highlight=False)
    for path in paths:
        colour = "yellow" if path.half else "default"
        console.print(f"  [{colour}]{escape(str(path))}[/]", highlight=False)


def _schedules(phase: Phase, console: Console) -> None:
    lines = schedules(phase)
    if lines:
        console.print("[bold]Schedules[/]")
    for line in lines:
        console.print(f"  {escape(line)}", highlight=False)


def _outputs(phase: Phase, console: Console) -> None:
    outputs = masked(phase.outputs, phase.output_secrets)
    if outputs:
        note = "unknown before the first up" if phase.name == "preview" else "with made-up ids and addresses"
        console.print(f"[bold]Outputs[/] ({note})")
    for name, value in outputs.items():
        text = value if isinstance(value, str) else json.dumps(value)
        console.print(f"  {escape(name)}: {escape(text)}", highlight=False)


def _policies(plan: Plan, phase: Phase, others: list[Phase], console: Console) -> None:
    """The findings of a phase, less those that an earlier phase has shown, and those that a later one decides."""
    report = phase.report
    if report is None:
        return
    counts = ", ".join(_count(report, kind) for kind in _KINDS if getattr(report, kind))
    console.print(f"[bold]Policies[/] ({phase.name}): {counts or 'no findings'}")
    file = plan.config_file.as_posix()
    places = {urn: f" ({origin}, {file}:{plan.lines.get(origin, 1)})" for urn, origin in phase.origins().items()}
    before = [other.report for other in others[: others.index(phase)] if other.report]
    later = [other.report for other in others[others.index(phase) + 1 :] if other.report]
    for kind in _KINDS:
        printed = {finding for report_before in before for finding in getattr(report_before, kind)}
        findings = getattr(report, kind)
        if kind == "undecided" and later:
            lasting = [finding for finding in findings if finding in later[-1].undecided]
            if len(lasting) < len(findings):
                which = f"{len(findings) - len(lasting)} of them" if lasting else "all of them"
                console.print(
                    f"  [dim]undecided, because ids are unknown before the first up; the next phase decides {which}[/]"
                )
            findings = lasting
        for finding in findings:
            if finding not in printed:
                _finding(kind, finding, places.get(finding.urn, ""), console)
        if printed & set(findings):
            console.print(f"  [dim]{len(printed & set(findings))} as above[/]")


def _count(report: Report, kind: str) -> str:
    number = len(getattr(report, kind))
    one = {"violations": "violation", "warnings": "warning", "errors": "error"}.get(kind, kind)
    return f"{number} {one if number == 1 else kind}"


def _finding(kind: str, finding: Finding, place: str, console: Console) -> None:
    """Print one finding; `place` is the setting that it leads to, with its line in the stack file."""
    colour = _COLOURS.get(finding.level, "white")
    until = f" ({finding.reason}; {finding.owner}, until {finding.expires})" if finding.expires else ""
    console.print(
        f"  [{colour}]{kind.removesuffix('s')}[/] \\[{escape(finding.level)}] {escape(finding.policy)} "
        f"{escape(finding.urn.rpartition('::')[2])}: {escape(finding.message + until + place)}",
        highlight=False,
    )
    if kind == "violations":
        console.print(f"    [dim]fix: {escape(_FIXES.get(finding.policy, ''))}[/]", highlight=False)
        console.print(f"    [dim]{escape(finding.urn)}[/]", highlight=False)


def _near(path: Path) -> str:
    """A path as one would type it here."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
