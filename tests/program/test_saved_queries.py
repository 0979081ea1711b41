"""Saved queries and reminders of whole stacks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from preview.plan import Plan
from tests.stacks import FILES, SMALL, planned, varied
from tests.systems.lines import of

QUERY = "aws:cloudwatch/queryDefinition:QueryDefinition"
GROUP = "aws:cloudwatch/logGroup:LogGroup"


def with_queries(name: str) -> Plan:
    """The plan of a stack file, as it is where it asks for saved queries."""
    plan = planned(name)
    if plan.phases["deployed"].of_type(QUERY):
        return plan
    return varied(name, lambda areas: areas["observability"].update(queries=True))


@pytest.mark.parametrize("name", [SMALL, *(str(file) for file in FILES)])
def test_every_log_that_a_query_names_is_in_the_plan(name: str) -> None:
    plan = with_queries(name)
    phase = plan.phases["deployed"]
    groups = {group.outputs.get("name") or group.inputs["name"] for group in phase.of_type(GROUP)}
    made = phase.of_type(QUERY)
    assert made
    assert {group for query in made for group in query.inputs["logGroupNames"]} <= groups
    names = [query.inputs["name"] for query in made]
    assert len(set(names)) == len(names)
    assert all(one.startswith(f"{plan.stack}/") for one in names)


def test_its_queries() -> None:
    names = {query.inputs["name"] for query in planned(SMALL).phases["deployed"].of_type(QUERY)}
    services = {"prod/errors", "prod/slowest requests", "prod/one request"}
    assert names == services | {"prod/slow statements of main", "prod/rejected flows"}


def test_only_files_that_ask_have_queries() -> None:
    asked = {str(file) for file in FILES if planned(str(file)).phases["deployed"].of_type(QUERY)}
    assert asked == {"systems/h2o-allegiant.dev.yaml", "systems/h2o-allegiant.prod.yaml"}


def test_flow_logs_of_accepted_flows_have_no_rejected_ones() -> None:
    plan = varied(SMALL, lambda areas: areas["networking"].update(flow_logs={"traffic": "ACCEPT"}))
    names = {query.inputs["name"] for query in plan.phases["deployed"].of_type(QUERY)}
    assert "prod/rejected flows" not in names
    assert "prod/errors" in names


@cache
def reminded() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["secrets"] = {
            "openai-api-key": {"description": "Key of the OpenAI API", "remind_days": 90},
            "supabase-key": {"store": "parameter", "remind_days": 30},
            "other": {},
        }

    return varied("Pulumi.prod.yaml", change)


def test_a_reminder_of_those_who_ask() -> None:
    assert planned("Pulumi.prod.yaml").phases["deployed"].of_type("aws:scheduler/schedule:Schedule") == []
    text = of(reminded(), ":StateMachine", "reminders").inputs["definition"]
    assert of(reminded(), "secretsmanager/secret:Secret", "openai-api-key").outputs["arn"] in text
    assert '"prod/openai-api-key"' in text
    assert '"/prod/supabase-key"' in text
    assert "prod/other" not in text
    assert of(reminded(), ":Topic").id in text


def test_nobody_who_looked_is_told_of_and_wakes_nobody() -> None:
    pager = "arn:aws:sns:us-east-1:123456789012:pager"

    def change(page: str) -> Callable[[dict[str, Any]], None]:
        def changed(areas: dict[str, Any]) -> None:
            areas["data"]["secrets"] = {"openai-api-key": {"remind_days": 90}}
            areas["observability"] |= {"alarm_actions": [pager], "alarms": {"page": page}}

        return changed

    for page, more in (("each", [pager]), ("composite", [])):
        plan = varied("Pulumi.prod.yaml", change(page))
        alarm = of(plan, ":MetricAlarm", "reminders-alarms-failed").inputs
        assert (alarm["namespace"], alarm["metricName"], alarm["statistic"]) == (
            "AWS/States",
            "ExecutionsFailed",
            "Sum",
        )
        assert alarm["dimensions"] == {"StateMachineArn": of(plan, ":StateMachine", "reminders").outputs["arn"]}
        assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanOrEqualToThreshold", 1)
        assert alarm["treatMissingData"] == "notBreaching", "on six days of the week there is no data"
        assert alarm["alarmActions"] == [of(plan, ":Topic").id, *more]


def test_without_alarms_there_is_none_on_reminders() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["secrets"] = {"openai-api-key": {"remind_days": 90}}
        areas["observability"]["alarms"] = None

    phase = varied("Pulumi.prod.yaml", change).phases["deployed"]
    # ECS keeps the name of a rollback alarm, so it stays, without effect.
    assert [alarm.name for alarm in phase.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")] == ["api-alarms-rollback"]
