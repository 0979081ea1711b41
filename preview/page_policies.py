"""The policies' verdict as lines of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policy.guardrails import RULES, Finding, Report
from preview.plan import Phase, Plan
from preview.printed import Line

__all__ = ["policy_lines"]

_KINDS = ("violations", "undecided", "exempted", "warnings", "errors")
_ONE = {"violations": "violation", "warnings": "warning", "errors": "error"}
_FIXES = {rule.id: rule.fix for rule in RULES}
_COLOURS = {"mandatory": "red", "advisory": "yellow"}


def policy_lines(plan: Plan) -> Iterator[Line]:
    """By which configuration, and of each phase the findings that no other phase has shown, or decides."""
    by, phases = plan.judged_by, list(plan.phases.values())
    if by is not None:
        name = _near(by.config) if by.config else "the defaults"
        more = f"; {len(by.raised)} as strict has them, since the environment is prod" if by.raised else ""
        yield Line(f"{name}: {by.rules - len(by.off)} rules on, {len(by.off)} off{more}")
    for phase in phases:
        yield from _phase(plan, phase, phases)


def _phase(plan: Plan, phase: Phase, phases: list[Phase]) -> Iterator[Line]:
    report = phase.report
    if report is None:
        return
    counts = ", ".join(_count(report, kind) for kind in _KINDS if getattr(report, kind))
    yield Line(f"{phase.name}: {counts or 'no findings'}", "" if counts else "green")
    before = [other.report for other in phases[: phases.index(phase)] if other.report]
    later = [other.report for other in phases[phases.index(phase) + 1 :] if other.report]
    places = _places(plan, phase)
    for kind in _KINDS:
        printed = {finding for earlier in before for finding in getattr(earlier, kind)}
        findings = getattr(report, kind)
        if kind == "undecided" and later:
            lasting = [finding for finding in findings if finding in later[-1].undecided]
            if len(lasting) < len(findings):
                which = f"{len(findings) - len(lasting)} of them" if lasting else "all of them"
                yield Line(
                    f"  undecided, since ids are unknown before the first up; the next phase decides {which}", "dim"
                )
            findings = lasting
        for finding in findings:
            if finding not in printed:
                yield from _finding(kind, finding, places.get(finding.urn, ""))
        if printed & set(findings):
            yield Line(f"  {len(printed & set(findings))} as above", "dim")


def _places(plan: Plan, phase: Phase) -> dict[str, str]:
    """The setting that each resource leads to, with its line in the stack file."""
    file = plan.config_file.as_posix()
    return {urn: f" ({origin}, {file}:{plan.lines.get(origin, 1)})" for urn, origin in phase.origins().items()}


def _count(report: Report, kind: str) -> str:
    number = len(getattr(report, kind))
    return f"{number} {_ONE.get(kind, kind) if number == 1 else kind}"


def _finding(kind: str, finding: Finding, place: str) -> Iterator[Line]:
    until = f" ({finding.reason}; {finding.owner}, until {finding.expires})" if finding.expires else ""
    name = finding.urn.rpartition("::")[2]
    yield Line(
        f"  {kind.removesuffix('s')} [{finding.level}] {finding.policy} {name}: {finding.message}{until}{place}",
        _COLOURS.get(finding.level, ""),
    )
    if kind == "violations":
        yield Line(f"    fix: {_FIXES.get(finding.policy, '')}", "dim")
        yield Line(f"    {finding.urn}", "dim")


def _near(path: Path) -> str:
    """A path as one would type it here."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
