"""How a database is watched: load, storage, connections and slow statements."""

from __future__ import annotations

from typing import Any

import pytest

from components.data.postgres_monitoring import PostgresMonitoring, postgres_metrics
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(database_cpu_percent=74, database_free_storage_gb=6)
ALL_LIMITS = Alarms(database_cpu_percent=74, database_free_storage_gb=6, database_connections=80, slow_query_ms=1000)
SLOW = Metric(namespace="AgentPlatform/test", name="StatementDuration-main", dimensions={})


def database(**values: Any) -> PostgresMonitoring:
    defaults: dict[str, Any] = {"performance_insights": True, "storage_gb": 20, "slow_statements": SLOW}
    return PostgresMonitoring(name="main", metrics=postgres_metrics("test-main"), **{**defaults, **values})


@pytest.mark.parametrize(
    ("what", "metric", "when"),
    [
        ("cpu", ("AWS/RDS", "CPUUtilization"), Condition(">", 74, 15)),
        ("storage", ("AWS/RDS", "FreeStorageSpace"), Condition("<", 6 * 1024**3, 5)),
        ("connections", ("AWS/RDS", "DatabaseConnections"), Condition(">", 80, 5)),
        # A database without slow statements logs none.
        (
            "slow-statements",
            ("AgentPlatform/test", "StatementDuration-main"),
            Condition(">", 1000, 5, missing="notBreaching"),
        ),
    ],
)
def test_alarms(what: str, metric: tuple[str, str], when: Condition) -> None:
    alarm = database().alarms(ALL_LIMITS)[what]
    assert watched(alarm) == [(*metric, "Average")]
    assert condition(alarm) == when


@pytest.mark.parametrize("storage_gb", [20, 21, 100, 65536])
def test_free_storage_is_measured_by_the_size_below_what_rds_grows_at_itself(storage_gb: int) -> None:
    """A limit of 5 GiB would be a quarter of a small database, which a sound one does not have free."""
    monitoring = database(storage_gb=storage_gb)
    alarm = monitoring.alarms(Alarms())["storage"]
    assert 0.07 < alarm.threshold / (storage_gb * 1024**3) < 0.09
    assert f"{storage_gb * 0.08:g} GiB" in alarm.description
    assert thresholds(monitoring.row(Alarms()))["Free storage"] == alarm.threshold


def test_connections_and_slow_statements_only_with_a_threshold() -> None:
    assert list(database().alarms(LIMITS)) == ["cpu", "storage"]
    assert list(database().alarms(ALL_LIMITS)) == ["cpu", "storage", "connections", "slow-statements"]
    assert "slow-statements" not in database(slow_statements=None).alarms(ALL_LIMITS)


def test_a_database_is_known_by_its_identifier() -> None:
    metric = database().alarms(LIMITS)["cpu"].metric
    assert isinstance(metric, Metric)
    assert metric.dimensions == {"DBInstanceIdentifier": "test-main"}


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "cpu": ("database main", "74 %", "log of slow statements", "choose a larger instance, with apply: now"),
        "storage": ("database main", "6 GiB", "max_storage_gb", "replication slot"),
        "connections": ("database main", "80 connections", "pool is too large", "restart it"),
        "slow-statements": ("database main", "1000 ms", "missing index", "ANALYZE", "roll it back"),
    }
    assert_described(database().alarms(ALL_LIMITS), mentions=mentions)


def test_row() -> None:
    row = database().row(ALL_LIMITS)
    assert row.title == "Database main"
    assert drawn(row) == {
        "CPU": ["CPUUtilization"],
        "Connections": ["DatabaseConnections"],
        "Latency": ["ReadLatency", "WriteLatency"],
        "Free storage": ["FreeStorageSpace"],
        "Load": ["DBLoad", "DBLoadCPU"],
        "Slow statements": ["StatementDuration-main"],
    }
    assert thresholds(row) == {"CPU": 74, "Connections": 80, "Free storage": 6 * 1024**3, "Slow statements": 1000}
    assert thresholds(database().row(None)) == {}


def test_a_row_draws_what_is_published() -> None:
    charts = drawn(database(performance_insights=False, slow_statements=None).row(LIMITS))
    assert list(charts) == ["CPU", "Connections", "Latency", "Free storage"]
