"""A policy report as JUnit XML: a test case per rule and resource that has a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.etree import ElementTree

from policy.guardrails import RULES, Finding, Report
from preview.printable import printable


def to_junit(report: Report, *, stack: str, phase: str, off: Collection[str] = ()) -> str:
    """One test suite for a phase of a stack.

    A mandatory finding is a failure, a crashed rule an error, an advisory or exempted finding is skipped with
    its message, a rule that is `off` is skipped, and a rule without findings is a passed case.
    """
    suite = ElementTree.Element("testsuite", name=printable(f"{stack} {phase}"))
    cases = list(_cases(report))
    silent = sorted({rule.id for rule in RULES} - {finding.policy for _, finding in cases})
    for rule_id in silent:
        case = ElementTree.SubElement(suite, "testcase", classname="policy", name=rule_id)
        if rule_id in off:
            ElementTree.SubElement(case, "skipped", message="disabled by the configuration")
    for kind, finding in cases:
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"policy.{finding.policy}", name=printable(finding.urn)
        )
        outcome = ElementTree.SubElement(case, kind, message=printable(finding.message), type=finding.severity)
        outcome.text = printable(_details(finding))
    counts = {kind: sum(outcome == kind for outcome, _ in cases) for kind in ("failure", "error", "skipped")}
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(counts["failure"]))
    suite.set("errors", str(counts["error"]))
    suite.set("skipped", str(counts["skipped"] + len(set(silent) & set(off))))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _cases(report: Report) -> Iterator[tuple[str, Finding]]:
    for finding in (*report.violations, *report.undecided):
        yield ("failure" if finding.level == "mandatory" else "skipped"), finding
    for finding in report.errors:
        yield ("error" if finding.level == "mandatory" else "skipped"), finding
    for finding in report.exempted:
        yield "skipped", finding


def _details(finding: Finding) -> str:
    lines = [f"{finding.severity} ({finding.level}): {finding.message}", finding.urn]
    if finding.reason:
        lines.append(f"exempted by {finding.owner} until {finding.expires}: {finding.reason}")
    return "\n".join(lines)
