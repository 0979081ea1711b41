"""How an RDS Proxy is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["PostgresProxyMetrics", "PostgresProxyMonitoring", "postgres_proxy_metrics"]

_MICROSECONDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresProxyMetrics:
    """The metrics of one proxy."""

    borrow_latency: Metric
    """Microseconds that a client waits for a connection to the database."""
    failed: Metric
    """Connections to the database that could not be opened."""
    clients: Metric
    """Open connections of clients."""
    connections: Metric
    """Open connections to the database."""


def postgres_proxy_metrics(proxy_name: str) -> PostgresProxyMetrics:
    """The metrics of the proxy `proxy_name`."""

    def metric(name: str, label: str, statistic: Literal["Average", "Sum"] = "Sum") -> Metric:
        return Metric(
            namespace="AWS/RDS",
            name=name,
            dimensions={"ProxyName": proxy_name},
            statistic=statistic,
            label=f"{proxy_name} {label}",
        )

    return PostgresProxyMetrics(
        borrow_latency=metric("DatabaseConnectionsBorrowLatency", "wait for a connection (µs)", "Average"),
        failed=metric("DatabaseConnectionsSetupFailed", "failed connections"),
        clients=metric("ClientConnections", "connections of clients"),
        connections=metric("DatabaseConnections", "connections to the database"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresProxyMonitoring(Monitoring):
    """Alarms on clients that wait, and on connections to the database that fail; a row of charts."""

    area: ClassVar[Area] = "data"
    name: str
    """The database's name in the settings."""
    metrics: PostgresProxyMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {
            "borrow-latency": AlarmArgs(
                metric=self.metrics.borrow_latency,
                comparison=">",
                threshold=limits.proxy_borrow_ms * _MICROSECONDS,
                minutes=5,
                treat_missing="notBreaching",
                description=f"Clients of the proxy of {self.name} waited more than {limits.proxy_borrow_ms} ms for a "
                "connection, on average over 5 minutes: all that it may open are in use. Look for long transactions, "
                "and for sessions that are pinned (DatabaseConnectionsCurrentlySessionPinned); raise "
                "proxy.max_connections_percent, or choose a larger instance, with apply: now.",
            ),
            "failed-connections": AlarmArgs(
                metric=self.metrics.failed,
                comparison=">=",
                threshold=limits.proxy_failed_connections,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The proxy of {self.name} could not open {limits.proxy_failed_connections} or more "
                "connections to the database within 5 minutes. A few are normal in a failover. Otherwise read the "
                "proxy's log: the database refuses them (max_connections), or the password in its secret is not the "
                "database's.",
            ),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title=f"Proxy of {self.name}",
            charts=[
                Chart(title="Connections", metrics=[metrics.clients, metrics.connections]),
                Chart(
                    title="Wait for a connection",
                    metrics=[metrics.borrow_latency],
                    threshold=limits and limits.proxy_borrow_ms * _MICROSECONDS,
                ),
                Chart(
                    title="Failed connections",
                    metrics=[metrics.failed],
                    threshold=limits and limits.proxy_failed_connections,
                ),
            ],
        )
