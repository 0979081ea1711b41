"""The page that a person reads: sections of plain lines, shown on a terminal or as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from preview.against import Against
from preview.components import entries
from preview.diff import Difference
from preview.network_paths import network_paths
from preview.page_changes import change_lines, loss_lines
from preview.page_policies import policy_lines
from preview.plan import Phase, Plan, masked
from preview.printed import Line
from preview.schedules import schedules

__all__ = ["Section", "head", "sections"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and what stands below it. What is `important` is neither folded nor cut in a summary."""

    title: str
    lines: Sequence[Line]
    note: str = ""
    important: bool = False


def head(plan: Plan) -> str:
    """The first line: which stack, from which file, and how much it makes."""
    phase = next(iter(plan.phases.values()))
    counts = Counter("custom" if record.custom else "component" for record in phase.records)
    return (
        f"{plan.stack} ({plan.config_file.as_posix()}), previewed offline: {counts['custom']} resources in "
        f"{counts['component']} components"
    )


def sections(
    plan: Plan, found: Against | None, differences: Iterable[Difference], *, allow_data_loss: bool
) -> list[Section]:
    """The page's sections, without empty ones: what is lost, what changes, what there is, what to do and look at."""
    last = list(plan.phases.values())[-1]
    page = []
    if found is not None:
        page += _changes(found, differences, allow_data_loss=allow_data_loss)
    page += [
        Section(title="Resources", note="by settings entry", lines=_entries(plan, last)),
        Section(title="Network paths", lines=_paths(last)),
        Section(title="Schedules", lines=[Line(text) for text in schedules(last)]),
        _outputs(last),
        Section(title="Before tasks can start", note="once; skip what is done", lines=_first(last), important=True),
        Section(title="Warnings", lines=_warnings(plan)),
        Section(title="Look at these", note="allowed, and more often a mistake", lines=_hints(plan), important=True),
        Section(title="Policies", lines=list(policy_lines(plan)), important=True),
    ]
    return [section for section in page if section.lines]


def _changes(found: Against, differences: Iterable[Difference], *, allow_data_loss: bool) -> list[Section]:
    end = "allowed by --allow-data-loss" if allow_data_loss else "go on with --allow-data-loss if you mean it"
    path = found.earlier.path.as_posix()
    return [
        Section(title="Data would be lost", note=f"against {path}; {end}", lines=loss_lines(found), important=True),
        Section(title=f"Against {path}", lines=list(change_lines(found, differences))),
    ]


def _entries(plan: Plan, phase: Phase) -> list[Line]:
    file = plan.config_file.as_posix()
    return [Line(f"{count:4}  {entry}  {file}:{plan.lines.get(entry, 1)}") for entry, count in entries(phase).items()]


def _paths(phase: Phase) -> list[Line]:
    apis = [Line(f"the internet -> {api.name}:443 (API Gateway)") for api in phase.of_type("aws:apigatewayv2/api:Api")]
    return apis + [Line(str(path), "yellow" if path.half else "") for path in network_paths(phase)]


def _outputs(phase: Phase) -> Section:
    note = "unknown before the first up" if phase.name == "preview" else "with made-up ids and addresses"
    outputs = masked(phase.outputs, phase.output_secrets)
    lines = [
        Line(f"{name}: {value if isinstance(value, str) else json.dumps(value)}") for name, value in outputs.items()
    ]
    return Section(title="Outputs", note=note, lines=lines)


def _first(phase: Phase) -> list[Line]:
    lines = []
    for step in phase.first:
        lines.append(Line(step.what))
        if step.command:
            lines.append(Line(f"  {step.command}", "dim"))
    return lines


def _warnings(plan: Plan) -> list[Line]:
    texts = dict.fromkeys(text for phase in plan.phases.values() for text in phase.warnings)
    return [Line(text, "yellow") for text in texts]


def _hints(plan: Plan) -> list[Line]:
    lines = []
    for hint in plan.hints:
        line = plan.lines.get(hint.key)
        place = f" ({plan.config_file.as_posix()}:{line})" if line is not None else ""
        lines.append(Line(f"{hint}{place}", "yellow"))
    return lines
