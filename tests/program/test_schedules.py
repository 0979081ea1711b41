"""A whole stack with schedules: how they are joined, and that the strict profile passes on it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview.plan import PhaseName, Plan
from preview.schedules import schedules
from tests.program.guarantees import Row
from tests.program.guarantees_schedules import ROWS
from tests.program.mutations import Draft
from tests.program.test_dashboards import unpublished
from tests.program.test_guarantees import violations
from tests.shown import page_of
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import container, document, of

FILE = SMALL
TASKS = {
    "cleanup": {"image_from": "api", "architecture": "arm64", "connects_to": ["main"]},
    "report": {"image_from": "api", "architecture": "arm64"},
}
SCHEDULES = {
    "nightly": {
        "task": "cleanup",
        "cron": "0 3 * * ? *",
        "timezone": "Europe/Berlin",
        "command": ["clean", "all of it"],
    },
    "weekly": {"task": "cleanup", "cron": "0 4 ? * SUN *", "window_minutes": 15, "enabled": False},
    "often": {"task": "report", "every": {"hours": 6}},
}


@cache
def extended(*, alarms: bool = True) -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["compute"] |= {"tasks": TASKS, "schedules": SCHEDULES}
        areas["outputs"] |= {
            "nightly": "schedule.nightly.name",
            "nightly_arn": "schedule.nightly.arn",
            "group": "schedules.group",
            "failed": "schedules.dead_letter_url",
        }
        if not alarms:
            areas["observability"]["alarms"] = None

    return varied(FILE, change)


def test_the_preview_says_when_what_runs() -> None:
    expected = [
        "nightly-schedule: cron(0 3 * * ? *) Europe/Berlin -> prod-cleanup [clean 'all of it']",
        "often-schedule: rate(6 hours) -> prod-report",
        "weekly-schedule: cron(0 4 ? * SUN *) UTC within 15 min -> prod-cleanup (paused)",
    ]
    for phase in extended().phases.values():
        assert schedules(phase) == expected
    text = page_of(extended())
    assert "Schedules\n" in text
    assert all(line in text for line in expected)
    assert schedules(planned(FILE).phases["deployed"]) == []


def test_outputs() -> None:
    outputs = extended().phases["deployed"].outputs
    schedule = of(extended(), "scheduler/schedule:Schedule", "nightly-schedule").outputs
    assert (outputs["nightly"], outputs["nightly_arn"]) == (schedule["name"], schedule["arn"])
    assert outputs["group"] == of(extended(), ":ScheduleGroup").outputs["name"]
    assert outputs["failed"] == of(extended(), "sqs/queue:Queue").outputs["url"]
    assert schedule["arn"].endswith(f":schedule/{outputs['group']}/{outputs['nightly']}")


def test_a_run_is_the_task_as_it_is_run_by_hand() -> None:
    target = of(extended(), "scheduler/schedule:Schedule", "nightly-schedule").inputs["target"]
    subnets = [of(extended(), "ec2/subnet:Subnet", f"network-private-{i}").id for i in range(2)]
    network = target["ecsParameters"]["networkConfiguration"]
    assert network["subnets"] == subnets
    assert network["securityGroups"] == [of(extended(), "ec2/securityGroup:SecurityGroup", "cleanup-group").id]
    assert target["arn"] == of(extended(), "ecs/cluster:Cluster").outputs["arn"]
    (override,) = json.loads(target["input"])["containerOverrides"]
    assert override["name"] == container(extended(), "cleanup")["name"]


def test_one_group_and_one_queue_with_the_stacks_key() -> None:
    phase = extended().phases["deployed"]
    key = of(extended(), "kms/key:Key", "data").outputs["arn"]
    assert of(extended(), "sqs/queue:Queue").inputs["kmsMasterKeyId"] == key
    group = of(extended(), ":ScheduleGroup").outputs["name"]
    made = phase.of_type("aws:scheduler/schedule:Schedule")
    assert {record.inputs["groupName"] for record in made} == {group}
    assert {record.inputs["kmsKeyArn"] for record in made} == {key}


def test_a_run_that_fails_is_told_by_the_notices_of_events() -> None:
    pattern = document(of(extended(), ":EventRule", "stopped-tasks"), "eventPattern")
    assert pattern["detail"]["clusterArn"] == [of(extended(), "ecs/cluster:Cluster").outputs["arn"]]
    assert {"stopCode": ["TaskFailedToStart"]} in pattern["detail"]["$or"]


def test_watched() -> None:
    names = {record.name for record in extended().phases["deployed"].records}
    assert {"schedules-alarms-dropped", "schedules-alarms-dead-letters"} <= names
    widgets = json.loads(of(extended(), ":Dashboard").inputs["dashboardBody"])["widgets"]
    assert "## Schedules" in [widget["properties"].get("markdown") for widget in widgets]
    assert unpublished(extended().phases["deployed"], FILE) == set()


def test_without_alarms_nobody_is_told() -> None:
    names = {record.name for record in extended(alarms=False).phases["deployed"].records}
    assert not [name for name in names if name.startswith("schedules-alarms")]
    assert "nightly-schedule" in names


def test_what_stood_before_stays_as_it_is() -> None:
    before, after = (plan.phases["deployed"].by_urn() for plan in (planned(FILE), extended()))
    assert set(before) < set(after)
    asked = {f"queries-{what}" for what in ("errors", "one-request", "slowest-requests")}
    changed = {before[urn].name for urn in before if before[urn].inputs != after[urn].inputs}
    assert changed == {"dashboard"} | asked


CASES = [
    pytest.param(row, name, id=f"{row.rule}-{number}-{name}")
    for number, row in enumerate(ROWS)
    for name in ("preview", "deployed")
    if row.known or name == "deployed"
]


@pytest.mark.parametrize(("row", "name"), CASES)
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}
