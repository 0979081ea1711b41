"""A policy report as SARIF 2.1.0, in the form that GitHub code scanning reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from policy.guardrails import RULES, Finding, Report, Rule
from preview.printable import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
TOOL = "agent-platform-guardrails"
SECURITY_SEVERITY = {"low": "3.0", "medium": "5.5", "high": "8.0", "critical": "9.5"}
LEVELS = {"mandatory": "error", "remediate": "error", "advisory": "warning"}


def to_sarif(report: Report, *, stack: str, config_file: str, line_of: Callable[[str], int]) -> dict[str, Any]:
    """One run with a result per finding; `line_of` gives the line of the config file that a URN leads to.

    Guarantees: every result names a rule of the run, has a line of the config file as its location and a
    fingerprint that stays the same as long as rule, resource and message do; an exempted finding is a suppressed
    result. Texts are printable, and the path of the config file is a URI.
    """
    results = list(_results(report, stack, config_file, line_of))
    named = {result["ruleId"] for result in results}
    rules = [rule for rule in RULES if rule.id in named]
    index = {rule.id: position for position, rule in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": TOOL, "rules": [_rule(rule) for rule in rules]}},
                "automationDetails": {"id": f"{TOOL}/{stack}/"},
                "columnKind": "utf16CodeUnits",
                "results": [{**result, "ruleIndex": index[result["ruleId"]]} for result in results],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    controls = f" Controls: {', '.join(rule.controls)}." if rule.controls else ""
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}.{controls}"},
        "help": {
            "text": f"{rule.title}. Fix: {rule.fix}{controls}",
            "markdown": f"**{rule.title}**\n\n*Fix:* {rule.fix}\n\n{controls.strip()}",
        },
        "defaultConfiguration": {"level": "error" if rule.strict == "mandatory" else "warning"},
        "properties": {
            "security-severity": SECURITY_SEVERITY[rule.severity],
            "tags": ["security", rule.area, *rule.controls],
        },
    }


def _results(report: Report, stack: str, config_file: str, line_of: Callable[[str], int]) -> Iterator[dict[str, Any]]:
    kinds: Iterable[tuple[str, tuple[Finding, ...]]] = (
        ("", report.violations),
        ("error: ", report.errors),
        ("undecided: ", report.undecided),
        ("exempted: ", report.exempted),
    )
    for prefix, findings in kinds:
        for finding in findings:
            result = _result(finding, prefix, stack, config_file, line_of(finding.urn))
            if prefix == "exempted: ":
                why = f"{finding.reason} ({finding.owner}, until {finding.expires})"
                result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": printable(why)}]
            elif prefix == "undecided: " and finding.level != "mandatory":
                result["level"] = "note"
            yield result


def _result(finding: Finding, prefix: str, stack: str, config_file: str, line: int) -> dict[str, Any]:
    name = printable(finding.urn.rpartition("::")[2])
    return {
        "ruleId": finding.policy,
        "level": LEVELS.get(finding.level, "note"),
        "message": {"text": f"{prefix}{name}: {printable(finding.message)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(config_file.encode("utf-8", "surrogateescape"))},
                    "region": {"startLine": line},
                },
                "logicalLocations": [{"name": name, "fullyQualifiedName": printable(finding.urn), "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(stack, finding)},
    }


def _fingerprint(stack: str, finding: Finding) -> str:
    text = "\n".join((stack, finding.policy, finding.urn, finding.message))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
