"""How a serverless Redis store is watched: by its own limits."""

from __future__ import annotations

import pytest

from components.data.redis_serverless_monitoring import RedisServerlessMonitoring, serverless_metrics
from settings.data.redis_serverless import Serverless
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(
    redis_cpu_percent=50, redis_memory_percent=75, redis_evictions=73, redis_connections=74, redis_throttled=75
)
METRICS = serverless_metrics("test-cache", Serverless(max_gb=2, max_ecpu_per_second=10_000))
MONITORING = RedisServerlessMonitoring(name="cache", metrics=METRICS)


@pytest.mark.parametrize(
    ("what", "metric", "statistic", "when"),
    [
        # Half of what it may use in 300 seconds.
        ("units", "ElastiCacheProcessingUnits", "Sum", Condition(">", 1_500_000, 5, missing="notBreaching")),
        ("data", "BytesUsedForCache", "Maximum", Condition(">", 1_500_000_000, 5)),
        ("throttled", "ThrottledCmds", "Sum", Condition(">=", 75, 5, missing="notBreaching")),
        ("evictions", "Evictions", "Sum", Condition(">=", 73, 5, missing="notBreaching")),
        ("connections", "CurrConnections", "Maximum", Condition(">", 74, 5)),
    ],
)
def test_alarms(what: str, metric: str, statistic: str, when: Condition) -> None:
    alarm = MONITORING.alarms(LIMITS)[what]
    assert watched(alarm) == [("AWS/ElastiCache", metric, statistic)]
    assert condition(alarm) == when


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "units": ("Redis store cache", "50 %", "serverless.max_ecpu_per_second"),
        "data": ("Redis store cache", "75 %", "keys without expiry", "serverless.max_gb"),
        "throttled": ("Redis store cache", "75 or more commands", "serverless.max_ecpu_per_second"),
        "evictions": ("Redis store cache", "73 or more keys", "serverless.max_gb"),
        "connections": ("Redis store cache", "74 connections", "65,000", "restart it"),
    }
    assert_described(MONITORING.alarms(LIMITS), mentions=mentions)


def test_row() -> None:
    row = MONITORING.row(LIMITS)
    assert row.title == "Redis cache"
    assert drawn(row) == {
        "Processing units": ["ElastiCacheProcessingUnits"],
        "Data": ["BytesUsedForCache"],
        "Throttled and evictions": ["ThrottledCmds", "Evictions"],
        "Connections": ["CurrConnections"],
    }
    # A chart draws one minute, where the alarm adds up five.
    assert thresholds(row) == {"Processing units": 300_000, "Data": 1_500_000_000, "Connections": 74}
    assert thresholds(MONITORING.row(None)) == {}
