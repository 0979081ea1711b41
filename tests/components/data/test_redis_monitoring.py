"""How a Redis store is watched: of several nodes, the busiest counts."""

from __future__ import annotations

import pytest

from components.data.redis_monitoring import RedisMonitoring, redis_metrics
from components.observability.expression import Expression
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(redis_cpu_percent=71, redis_memory_percent=72, redis_evictions=73, redis_connections=74)


def store(nodes: int = 1) -> RedisMonitoring:
    node_ids = [f"test-cache-{number:03}" for number in range(1, nodes + 1)]
    return RedisMonitoring(name="cache", metrics=redis_metrics("test-cache", node_ids, node_type="cache.t4g.micro"))


@pytest.mark.parametrize(
    ("what", "metric", "statistic", "threshold"),
    [
        ("cpu", "CPUUtilization", "Average", 71),
        ("memory", "DatabaseMemoryUsagePercentage", "Average", 72),
        ("connections", "CurrConnections", "Maximum", 74),
    ],
)
def test_of_one_node(what: str, metric: str, statistic: str, threshold: int) -> None:
    alarm = store().alarms(LIMITS)[what]
    assert watched(alarm) == [("AWS/ElastiCache", metric, statistic)]
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == {"CacheClusterId": "test-cache-001"}
    assert condition(alarm) == Condition(">", threshold, 5)


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
    metric = store(nodes=2).alarms(LIMITS)[what].metric
    assert isinstance(metric, Expression)
    assert metric.text == expression
    nodes = [part.dimensions["CacheClusterId"] for part in metric.metrics.values()]
    assert nodes == ["test-cache-001", "test-cache-002"]


def test_evictions_in_five_minutes() -> None:
    alarm = store().alarms(LIMITS)["evictions"]
    assert watched(alarm) == [("AWS/ElastiCache", "Evictions", "Sum")]
    # A store without evictions may report none.
    assert condition(alarm) == Condition(">=", 73, 5, missing="notBreaching")


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "cpu": ("Redis store cache", "71 %", "slow log", "choose a larger node, with apply: now"),
        "memory": ("Redis store cache", "72 %", "keys without expiry", "choose a larger node, with apply: now"),
        "evictions": ("Redis store cache", "73 or more keys", "choose a larger node, with apply: now"),
        "connections": ("Redis store cache", "74 connections", "65,000", "restart it"),
    }
    assert_described(store().alarms(LIMITS), mentions=mentions)


def test_row() -> None:
    row = store(nodes=2).row(LIMITS)
    assert row.title == "Redis cache"
    assert drawn(row) == {
        "CPU": ["CPUUtilization"] * 2,
        "Memory": ["DatabaseMemoryUsagePercentage"] * 2,
        "Evictions": ["Evictions"] * 2,
        "Connections": ["CurrConnections"] * 2,
    }
    assert thresholds(row) == {"CPU": 71, "Memory": 72, "Connections": 74}
    assert thresholds(store().row(None)) == {}
