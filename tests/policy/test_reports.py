"""SARIF and JUnit: what GitHub and CI servers need to read a report."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from policy.guardrails import UNKNOWN, Finding, Report, evaluate
from policy.guardrails.config import parse_config
from preview.junit import to_junit
from preview.sarif import to_sarif
from tests.policy.support import BY_ID, TODAY, res

EXEMPT = {"urn": "*::exempt", "reason": "sandbox", "owner": "data team", "expires": "2027-03-01"}
LINES = {"bad": 3, "exempt": 4, "later": 9}


def line_of(urn: str) -> int:
    return LINES[urn.rpartition("::")[2]]


@pytest.fixture(scope="module")
def report() -> Report:
    resources = [
        res("rds/instance", "bad", publiclyAccessible=True),
        res("rds/instance", "exempt", publiclyAccessible=True),
        res("efs/fileSystem", "later", encrypted=UNKNOWN),
    ]
    config = parse_config(
        {
            "all": "disabled",
            "efs-encrypted": "mandatory",
            "database-not-public": {"enforcementLevel": "mandatory", "exemptions": [EXEMPT]},
        },
        BY_ID,
    )
    return evaluate(resources, config, today=TODAY)


def test_sarif(report: Report):
    run = to_sarif(report, stack="prod", config_file="Pulumi.prod.yaml", line_of=line_of)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["database-not-public", "efs-encrypted"]
    assert all(float(rule["properties"]["security-severity"]) > 0 and rule["help"]["text"] for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error", "note", "error"]
    assert [bool(result.get("suppressions")) for result in run["results"]] == [False, False, True]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.prod.yaml"
        assert location["physicalLocation"]["region"]["startLine"] == LINES[location["logicalLocations"][0]["name"]]


def test_sarif_fingerprints_are_stable_and_distinct(report: Report):
    prints = [
        [
            result["partialFingerprints"]["finding/v1"]
            for result in to_sarif(report, stack=stack, config_file=file, line_of=line_of)["runs"][0]["results"]
        ]
        for stack, file in (("prod", "a.yaml"), ("prod", "b.yaml"), ("dev", "a.yaml"))
    ]
    assert prints[0] == prints[1]
    assert len({*prints[0], *prints[2]}) == 6


def test_junit(report: Report):
    suite = ElementTree.fromstring(to_junit(report, stack="prod", phase="preview"))
    assert suite.get("name") == "prod preview"
    assert int(suite.get("tests", "0")) == len(suite.findall("testcase")) == len(BY_ID) + 1
    assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == ("1", "0", "2")
    skipped = [element.text or "" for element in suite.iter("skipped")]
    assert any("exempted by data team until 2027-03-01" in text for text in skipped)


def test_junit_writes_what_xml_can_hold():
    finding = Finding("efs-encrypted", "high", "mandatory", "urn::<a>&\x00", 'say "no" \x1b[0m')
    ElementTree.fromstring(to_junit(Report(violations=(finding,)), stack="s", phase="p"))
