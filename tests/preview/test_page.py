"""The page of each shipped file: its sections in order, how long it is, and that nothing is left out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from preview.judged import Judged, Request, judged
from preview.network_paths import network_paths
from preview.run import ROOT
from preview.schedules import schedules
from tests.shown import page_of
from tests.stacks import FILES

TITLES = (
    "Resources",
    "Network paths",
    "Schedules",
    "Outputs",
    "Before tasks can start",
    "Warnings",
    "Look at these",
    "Policies",
)
"""The sections without --against."""


@cache
def found(name: str) -> Judged:
    return judged(Request(path=ROOT / name))


def titles(text: str) -> list[str]:
    """The titles, which alone stand at the beginning of a line, below the first one."""
    return [line.partition(" (")[0] for line in text.splitlines()[1:] if not line.startswith(" ")]


@pytest.mark.parametrize("name", FILES, ids=str)
def test_sections_stand_in_order(name: Path) -> None:
    plan = found(str(name)).plan
    text = page_of(plan)
    shown = titles(text)
    assert shown == [title for title in TITLES if title in shown]
    assert {"Resources", "Network paths", "Policies"} <= set(shown)
    last = plan.phases["deployed"]
    expected = {"Schedules": schedules(last), "Outputs": last.outputs, "Before tasks can start": last.first}
    expected |= {"Look at these": plan.hints, "Warnings": [w for p in plan.phases.values() for w in p.warnings]}
    assert {title for title in expected if expected[title]} == set(shown) & set(expected)


@pytest.mark.parametrize("name", FILES, ids=str)
def test_nothing_is_left_out(name: Path) -> None:
    plan = found(str(name)).plan
    lines = page_of(plan).splitlines()
    last = plan.phases["deployed"]
    counts = [int(line.split()[0]) for line in lines[2 : lines.index("Network paths")]]
    assert sum(counts) == sum(1 for record in last.records if record.custom and record.origin)
    for path in network_paths(last):
        assert f"  {path}" in lines
    for step in last.first:
        assert f"  {step.what}" in lines
        assert not step.command or f"    {step.command}" in lines
    for hint in plan.hints:
        assert any(line.startswith(f"  {hint}") for line in lines)
    assert last.report is not None
    for finding in last.report.violations:
        assert any(finding.message in line for line in lines)


def test_the_dev_stack_fits_a_screen() -> None:
    plan = found("Pulumi.dev.yaml").plan
    assert list(plan.phases) == ["preview", "deployed"]
    assert len(page_of(plan).splitlines()) <= 60


def test_the_tree_names_every_resource() -> None:
    plan = found("Pulumi.dev.yaml").plan
    lines = page_of(plan, with_tree=True).splitlines()
    for record in plan.phases["preview"].records:
        assert any(f"+ {record.type} {record.name}" in line for line in lines) or record.type == "pulumi:pulumi:Stack"
    assert not [line for line in page_of(plan).splitlines() if "+ aws:" in line]


def test_hints_and_first_steps_stand_in_the_json() -> None:
    plan = found("Pulumi.dev.yaml").plan
    phases: dict[str, Any] = json.loads(json.dumps(plan.to_json()))["phases"]
    for phase in phases.values():
        assert phase["hints"] == [{"key": hint.key, "message": hint.message} for hint in plan.hints]
        assert "data.secrets.openai-api-key" in {hint["key"] for hint in phase["hints"]}
        (step,) = phase["first"]
        assert step["what"] == "set the secret dev/openai-api-key"
        assert "put-secret-value --region us-east-1 --secret-id dev/openai-api-key" in step["command"]
