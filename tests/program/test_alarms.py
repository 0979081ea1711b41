"""The same program with Pulumi.prod.yaml and every threshold: what is watched, and who is told."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from preview.plan import Plan
from tests.aws_models.checker import check_all
from tests.program.published import published
from tests.program.test_dashboards import bodies, drawn, watched
from tests.stacks import SMALL_DEV, planned, varied
from tests.systems.lines import of

PAGER = "arn:aws:sns:us-east-1:123456789012:pager"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


@cache
def strict(page: str = "each") -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"]["main"]["log_min_duration_ms"] = 200
        areas["observability"] |= {
            "alarm_actions": [PAGER],
            "dashboards": "areas",
            "alarms": {
                "service_cpu_percent": 80,
                "service_memory_percent": 85,
                "error_rate_percent": 1,
                "database_connections": 80,
                "slow_query_ms": 1000,
                "page": page,
            },
        }

    return varied("Pulumi.prod.yaml", change)


@pytest.mark.parametrize(
    ("name", "threshold"),
    [
        ("api-alarms-cpu", 80),
        ("api-alarms-memory", 85),
        ("load-balancer-alarms-error-rate", 1),
        ("main-alarms-connections", 80),
        ("main-alarms-slow-statements", 1000),
    ],
)
def test_more_than_the_threshold_for_five_minutes(name: str, threshold: float) -> None:
    inputs = of(strict(), ":MetricAlarm", name).inputs
    periods = {query["metric"]["period"] for query in inputs.get("metricQueries", []) if "metric" in query}
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanThreshold", threshold)
    assert periods or {inputs["period"]} == {300}
    assert periods in (set(), {300})
    assert (inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (1, 1)


def test_slow_statements_come_from_the_log_that_rds_exports() -> None:
    made = of(strict(), ":LogMetricFilter").inputs
    assert made["logGroupName"] == "/aws/rds/instance/prod-main/postgresql"
    database = of(strict(), "rds/instance:Instance", "main")
    assert "postgresql" in database.inputs["enabledCloudwatchLogsExports"]
    group = of(strict(), ":ParameterGroup", "main-parameters").inputs
    assert {"log_min_duration_statement": "200"}.items() <= {p["name"]: p["value"] for p in group["parameters"]}.items()
    assert "StatementDuration-main" in str(bodies(strict().phases["deployed"])["dashboard-data"])


def test_all_of_it_is_published() -> None:
    phase = strict().phases["deployed"]
    named = {*watched(phase), *(series for body in bodies(phase).values() for series in drawn(body))}
    assert named - published(phase, {}) == set()


def test_each_tells_everybody_and_nothing_is_joined() -> None:
    phase = strict().phases["deployed"]
    topic = of(strict(), ":Topic").id
    alarms = [alarm for alarm in phase.of_type(ALARM) if alarm.name != "api-alarms-rollback"]
    assert {tuple(alarm.inputs["alarmActions"]) for alarm in alarms} == {(topic, PAGER)}
    assert phase.of_type("aws:cloudwatch/compositeAlarm:CompositeAlarm") == []


def test_composite_pages_once_for_users_and_tells_causes_apart() -> None:
    plan = strict("composite")
    phase = plan.phases["deployed"]
    topic = of(plan, ":Topic").id
    told = {alarm.name: tuple(alarm.inputs.get("alarmActions", ())) for alarm in phase.of_type(ALARM)}
    noticed = {name for name, actions in told.items() if actions == ()}
    assert noticed >= {"load-balancer-alarms-5xx", "load-balancer-alarms-error-rate"}
    # No threshold of the settings: services that cannot sign in are users hurt a moment later.
    assert {name for name, actions in told.items() if PAGER in actions} == {"main-rotated-alarms-failed"}
    assert {actions for name, actions in told.items() if "main-" in name or "api-alarms" in name} >= {(topic,)}
    page = of(plan, ":CompositeAlarm")
    assert page.inputs["alarmActions"] == [topic, PAGER]
    names = [of(plan, ":MetricAlarm", f"load-balancer-alarms-{what}").outputs["name"] for what in ("5xx", "error-rate")]
    assert page.inputs["alarmRule"] == " OR ".join(f'ALARM("{name}")' for name in names)
    assert page.inputs["alarmName"] == "prod-user-errors"


@pytest.mark.parametrize("name", ["Pulumi.dev.yaml", "systems/knwl.yaml", "systems/agent-team.yaml"])
def test_errors_of_an_http_api_are_users_hurt(name: str) -> None:
    """The API itself answers where it reaches no load balancer, and no load balancer counts that."""

    def change(areas: dict[str, Any]) -> None:
        areas["observability"].setdefault("alarms", {})["page"] = "composite"

    plan = varied(name, change)
    alarm = of(plan, ":MetricAlarm", "http-api-alarms-5xx")
    assert alarm.inputs["dimensions"] == {"ApiId": of(plan, "apigatewayv2/api:Api").id}
    assert alarm.inputs.get("alarmActions", []) == []
    rule = of(plan, ":CompositeAlarm").inputs["alarmRule"]
    names = [alarm.outputs["name"], of(plan, ":MetricAlarm", "load-balancer-alarms-5xx").outputs["name"]]
    assert sorted(rule.split(" OR ")) == sorted(f'ALARM("{one}")' for one in names)


def test_aws_takes_every_value() -> None:
    verdicts = check_all(strict("composite").phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []


@pytest.mark.parametrize("off", ["alarms", "rollback_on_alarms"])
def test_rollback_alarm_stays_and_is_switched_off_by_name(off: str) -> None:
    """ECS keeps the alarms of a service that an update leaves out, and the provider leaves out a removed block."""

    def change(areas: dict[str, Any]) -> None:
        if off == "alarms":
            areas["observability"] = {**areas.get("observability", {}), "alarms": None}
        else:
            areas["compute"]["services"]["api"]["deploy"] = {"rollback_on_alarms": False}

    before, after = planned(SMALL_DEV), varied(SMALL_DEV, change)
    service = "ecs/service:Service"
    assert of(before, service, "api").inputs["alarms"] | {"alarmNames": []} == {
        "alarmNames": [],
        "enable": True,
        "rollback": True,
    }
    alarm = of(after, ":MetricAlarm", "api-alarms-rollback")
    assert of(after, service, "api").inputs["alarms"] == {
        "alarmNames": [alarm.outputs["name"]],
        "enable": False,
        "rollback": False,
    }
    assert "alarmActions" not in alarm.inputs or alarm.inputs["alarmActions"] == []
    if off == "alarms":
        assert [record.name for record in after.phases["deployed"].of_type(ALARM)] == ["api-alarms-rollback"]
