"""A whole stack with a serverless Redis store and one whose users log in: joined, watched, and strictly judged."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.guarantees_serverless import ROWS
from tests.program.mutations import Draft
from tests.program.published import published
from tests.program.test_dashboards import bodies, drawn, misplaced, watched
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.stacks import SMALL, varied
from tests.systems.lines import container, of

FILE = SMALL
LIMITS = {"max_gb": 2, "max_ecpu_per_second": 4000}


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["redis"] = {
            "cache": {"serverless": LIMITS},
            "sessions": {"replicas": 1, "auth": "rbac", "tokens": [1, 2]},
        }
        to_sessions = {"to": "sessions", "env": {"SESSIONS_URL": {}}}
        areas["compute"]["services"]["api"]["connects_to"] += ["cache", to_sessions]
        areas["observability"]["alarms"] = {"redis_cpu_percent": 50, "redis_memory_percent": 75, "redis_throttled": 7}
        areas["outputs"] |= {
            f"redis_{what}": f"redis.cache.{what}" for what in ("endpoint", "address", "identifier", "secret_arn")
        }

    return varied(FILE, change)


def test_paths() -> None:
    """Where copies are read, too: clients keep connections to every node that the store names."""
    new = ["api -> cache:6379", "api -> cache:6380", "api -> sessions:6379"]
    for phase in extended().phases.values():
        assert [str(path) for path in network_paths(phase)] == sorted([*PATHS[FILE], *new])


def test_the_service_gets_the_urls_with_the_users_password() -> None:
    found = {entry["name"]: entry["valueFrom"] for entry in container(extended(), "api")["secrets"]}
    first = of(extended(), "secretsmanager/secret:Secret", "cache-url").outputs["arn"]
    second = of(extended(), "secretsmanager/secret:Secret", "sessions-url").outputs["arn"]
    assert found["REDIS_URL"] == f"{first}:url_app_1::"
    assert found["SESSIONS_URL"] == f"{second}:url_app_2::"


def test_in_isolated_subnets_and_named_within_limits() -> None:
    isolated = [of(extended(), "ec2/subnet:Subnet", f"network-isolated-{i}").id for i in range(2)]
    assert of(extended(), ":ServerlessCache").inputs["subnetIds"] == isolated
    phase = extended().phases["deployed"]
    ids = [user.inputs["userId"] for user in phase.of_type("aws:elasticache/user:User")]
    assert len(set(ids)) == 4
    assert all(len(id_) <= 40 for id_ in [*ids, of(extended(), ":ServerlessCache").inputs["name"]])


def test_outputs() -> None:
    outputs = extended().phases["deployed"].outputs
    store = of(extended(), ":ServerlessCache")
    host = store.outputs["endpoints"][0]["address"]
    assert (outputs["redis_endpoint"], outputs["redis_address"]) == (f"{host}:6379", host)
    assert outputs["redis_identifier"] == store.inputs["name"]
    assert outputs["redis_secret_arn"] == of(extended(), "secretsmanager/secret:Secret", "cache-url").outputs["arn"]


@pytest.mark.parametrize(
    ("what", "metric", "statistic", "threshold"),
    [
        # Half of 4,000 units a second, for 300 seconds.
        ("units", "ElastiCacheProcessingUnits", "Sum", 600_000),
        # Three quarters of 2 GB.
        ("data", "BytesUsedForCache", "Maximum", 1_500_000_000),
        ("throttled", "ThrottledCmds", "Sum", 7),
        ("evictions", "Evictions", "Sum", 1000),
        ("connections", "CurrConnections", "Maximum", 5000),
    ],
)
def test_alarms(what: str, metric: str, statistic: str, threshold: float) -> None:
    inputs = of(extended(), ":MetricAlarm", f"cache-alarms-{what}").inputs
    assert (inputs["namespace"], inputs["metricName"], inputs["statistic"]) == ("AWS/ElastiCache", metric, statistic)
    assert inputs["dimensions"] == {"clusterId": of(extended(), ":ServerlessCache").inputs["name"]}
    assert (inputs["threshold"], inputs["period"]) == (threshold, 300)
    # What a cache counts only where there is some is no news where there is none.
    rare = what in ("units", "throttled", "evictions")
    assert inputs["treatMissingData"] == ("notBreaching" if rare else "missing")
    assert 80 < len(inputs["alarmDescription"]) <= 1024


def test_only_alarms_of_its_own_kind() -> None:
    names = {record.name for record in extended().phases["deployed"].of_type("aws:cloudwatch/metricAlarm:MetricAlarm")}
    assert {name for name in names if name.startswith("cache-alarms-")} == {
        f"cache-alarms-{what}" for what in ("units", "data", "throttled", "evictions", "connections")
    }
    assert "sessions-alarms-memory" in names


def test_every_metric_is_published_and_drawn() -> None:
    phase = extended().phases["deployed"]
    (body,) = bodies(phase).values()
    known = published(phase, {})
    assert {*watched(phase), *drawn(body)} <= known
    assert misplaced(body) == []
    widgets = [widget["properties"] for widget in body["widgets"]]
    at = next(i for i, found in enumerate(widgets) if found.get("markdown") == "## Redis cache")
    charts = widgets[at + 1 : at + 5]
    assert [chart["title"] for chart in charts] == [
        "Processing units",
        "Data",
        "Throttled and evictions",
        "Connections",
    ]
    lines = [chart.get("annotations", {}).get("horizontal", [{}])[0].get("value") for chart in charts]
    # The dashboard sums the units of a minute.
    assert lines == [120_000, 1_500_000_000, None, 5000]


def test_no_password_anywhere() -> None:
    phase = extended().phases["deployed"]
    words = [word.outputs["result"] for word in phase.of_type("random:index/randomPassword:RandomPassword")]
    assert len(words) >= 5
    shown = json.dumps(extended().to_json())
    assert [word for word in words if word in shown] == []


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}
