"""How an RDS Proxy is watched."""

from __future__ import annotations

import pytest

from components.data.postgres_proxy_monitoring import PostgresProxyMonitoring, postgres_proxy_metrics
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(proxy_borrow_ms=250, proxy_failed_connections=7)
MONITORING = PostgresProxyMonitoring(name="main", metrics=postgres_proxy_metrics("test-main"))


@pytest.mark.parametrize(
    ("what", "metric", "when"),
    [
        # RDS publishes microseconds.
        (
            "borrow-latency",
            ("AWS/RDS", "DatabaseConnectionsBorrowLatency", "Average"),
            Condition(">", 250_000, 5, missing="notBreaching"),
        ),
        (
            "failed-connections",
            ("AWS/RDS", "DatabaseConnectionsSetupFailed", "Sum"),
            Condition(">=", 7, 5, missing="notBreaching"),
        ),
    ],
)
def test_alarms(what: str, metric: tuple[str, str, str], when: Condition) -> None:
    alarm = MONITORING.alarms(LIMITS)[what]
    assert watched(alarm) == [metric]
    assert condition(alarm) == when
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == {"ProxyName": "test-main"}


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "borrow-latency": ("proxy of main", "250 ms", "pinned", "proxy.max_connections_percent"),
        "failed-connections": ("proxy of main", "7 or more", "failover", "proxy's log"),
    }
    assert_described(MONITORING.alarms(LIMITS), mentions=mentions)


def test_row() -> None:
    row = MONITORING.row(LIMITS)
    assert row.title == "Proxy of main"
    assert drawn(row) == {
        "Connections": ["ClientConnections", "DatabaseConnections"],
        "Wait for a connection": ["DatabaseConnectionsBorrowLatency"],
        "Failed connections": ["DatabaseConnectionsSetupFailed"],
    }
    assert thresholds(row) == {"Wait for a connection": 250_000, "Failed connections": 7}
    assert thresholds(MONITORING.row(None)) == {}
