"""Alarms of Redis stores: of several nodes, the busiest counts."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from components.observability.redis_alarms import RedisAlarms, RedisAlarmsArgs

from components.data.redis_monitoring import redis_metrics
from preview.plan import Plan
from settings.observability import Alarms
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
LIMITS = Alarms(redis_cpu_percent=71, redis_memory_percent=72, redis_evictions=73, redis_connections=74)
NAMES = ["cpu", "memory", "evictions", "connections"]


def made(nodes: int = 1) -> Plan:
    metrics = redis_metrics("test-cache", nodes=nodes, node_type="cache.t4g.micro")

    def program() -> None:
        alarms = RedisAlarms(
            "cache-alarms",
            RedisAlarmsArgs(
                store="cache",
                cpu=metrics.cpu,
                memory=metrics.memory,
                evictions=metrics.evictions,
                connections=metrics.connections,
                thresholds=LIMITS,
                actions=[TOPIC],
            ),
        )
        pulumi.export("names", list(alarms.names))

    return record(program)


def alarm(what: str, nodes: int = 1) -> dict[str, Any]:
    return one(made(nodes).phases["deployed"], ALARM, f"cache-alarms-{what}").inputs


def test_children_tell_somebody_what_to_do() -> None:
    for phase in made().phases.values():
        assert children(phase) == sorted((ALARM, f"cache-alarms-{what}") for what in NAMES)
        for found in phase.of_type(ALARM):
            assert found.inputs["alarmActions"] == found.inputs["okActions"] == [TOPIC]
            assert 80 < len(found.inputs["alarmDescription"]) <= 1024


@pytest.mark.parametrize(
    ("what", "metric", "statistic", "when"),
    [
        ("cpu", "CPUUtilization", "Average", ("GreaterThanThreshold", 71)),
        ("memory", "DatabaseMemoryUsagePercentage", "Average", ("GreaterThanThreshold", 72)),
        ("connections", "CurrConnections", "Maximum", ("GreaterThanThreshold", 74)),
    ],
)
def test_of_one_node(what: str, metric: str, statistic: str, when: tuple[str, int]) -> None:
    inputs = alarm(what)
    assert (inputs["namespace"], inputs["metricName"], inputs["statistic"]) == ("AWS/ElastiCache", metric, statistic)
    assert inputs["dimensions"] == {"CacheClusterId": "test-cache-001"}
    assert (inputs["comparisonOperator"], inputs["threshold"], inputs["period"]) == (*when, 300)


@pytest.mark.parametrize(
    ("what", "expression"),
    [
        ("cpu", "MAX([m0, m1])"),
        ("memory", "MAX([m0, m1])"),
        ("connections", "MAX([m0, m1])"),
        ("evictions", "FILL(m0, 0) + FILL(m1, 0)"),
    ],
)
def test_of_two_nodes(what: str, expression: str) -> None:
    result, *metrics = alarm(what, nodes=2)["metricQueries"]
    assert result["expression"] == expression
    found = [query["metric"]["dimensions"]["CacheClusterId"] for query in metrics]
    assert found == ["test-cache-001", "test-cache-002"]


def test_evictions_in_five_minutes() -> None:
    inputs = alarm("evictions")
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanOrEqualToThreshold", 73)
    assert inputs["metricQueries"][1]["metric"]["stat"] == "Sum"
    # A store without evictions may report none.
    assert inputs["treatMissingData"] == "notBreaching"
