"""How a PostgreSQL database is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["PostgresMetrics", "PostgresMonitoring", "postgres_metrics"]

_GIB = 1024**3
# RDS enlarges the storage once 10 % are left for five minutes; less than this is left where it cannot.
_FREE_STORAGE_PERCENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresMetrics:
    """The metrics of one database, each with its unit."""

    cpu: Metric
    """Percent."""
    free_storage: Metric
    """Bytes."""
    free_memory: Metric
    """Bytes."""
    connections: Metric
    """Open connections."""
    read_latency: Metric
    """Seconds for one read."""
    write_latency: Metric
    """Seconds for one write."""
    load: Sequence[Metric]
    """Active sessions, and those of them that run on a CPU; published with Performance Insights."""


def postgres_metrics(identifier: str) -> PostgresMetrics:
    """The metrics of the instance `identifier`."""

    def metric(name: str, label: str) -> Metric:
        dimensions = {"DBInstanceIdentifier": identifier}
        return Metric(namespace="AWS/RDS", name=name, dimensions=dimensions, label=f"{identifier} {label}")

    return PostgresMetrics(
        cpu=metric("CPUUtilization", "CPU %"),
        free_storage=metric("FreeStorageSpace", "free storage (bytes)"),
        free_memory=metric("FreeableMemory", "free memory (bytes)"),
        connections=metric("DatabaseConnections", "connections"),
        read_latency=metric("ReadLatency", "read latency (s)"),
        write_latency=metric("WriteLatency", "write latency (s)"),
        load=[metric("DBLoad", "active sessions"), metric("DBLoadCPU", "active sessions on CPU")],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresMonitoring(Monitoring):
    """Alarms on CPU and free storage, by threshold on connections and slow statements; a row of charts."""

    area: ClassVar[Area] = "data"
    name: str
    """The database's name in the settings."""
    metrics: PostgresMetrics
    performance_insights: bool
    """Whether the load is published."""
    storage_gb: int
    """Size of its storage in the settings."""
    slow_statements: Metric | None
    """Milliseconds that logged statements took, where the database measures them."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        free_gb = self._free_storage_gb(limits)
        return {
            "cpu": AlarmArgs(
                metric=self.metrics.cpu,
                comparison=">",
                threshold=limits.database_cpu_percent,
                minutes=15,
                description=f"The database {self.name} used more than {limits.database_cpu_percent} % of its CPU "
                "for 15 minutes. Look for the statement at the top of the database's insights and in the log of slow "
                "statements; if load has grown, choose a larger instance, with apply: now.",
            ),
            "storage": AlarmArgs(
                metric=self.metrics.free_storage,
                comparison="<",
                threshold=free_gb * _GIB,
                minutes=5,
                description=f"The database {self.name} has less than {free_gb:g} GiB of "
                "storage left; when it is full, it stops. Storage grows by itself up to max_storage_gb, at most every "
                "six hours: raise that, or delete data, and look for a replication slot that holds back the log.",
            ),
            **self._connection_alarm(limits),
            **self._slow_statement_alarm(limits),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        charts = [
            Chart(title="CPU", metrics=[metrics.cpu], threshold=limits and limits.database_cpu_percent),
            Chart(title="Connections", metrics=[metrics.connections], threshold=limits and limits.database_connections),
            Chart(title="Latency", metrics=[metrics.read_latency, metrics.write_latency]),
            Chart(
                title="Free storage",
                metrics=[metrics.free_storage],
                threshold=limits and self._free_storage_gb(limits) * _GIB,
            ),
        ]
        if self.performance_insights:
            charts.append(Chart(title="Load", metrics=metrics.load))
        if self.slow_statements is not None:
            slow = limits and limits.slow_query_ms
            charts.append(Chart(title="Slow statements", metrics=[self.slow_statements], threshold=slow))
        return DashboardRow(title=f"Database {self.name}", charts=charts)

    def _free_storage_gb(self, limits: Alarms) -> float:
        stated = limits.database_free_storage_gb
        return stated if stated is not None else self.storage_gb * _FREE_STORAGE_PERCENT / 100

    def _connection_alarm(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        if limits.database_connections is None:
            return {}
        alarm = AlarmArgs(
            metric=self.metrics.connections,
            comparison=">",
            threshold=limits.database_connections,
            minutes=5,
            description=f"The database {self.name} had more than {limits.database_connections} connections open for "
            "5 minutes; at max_connections it refuses further ones. Look for a service whose pool is too large for "
            "its number of tasks, or that leaves connections idle in transaction, and restart it.",
        )
        return {"connections": alarm}

    def _slow_statement_alarm(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        if limits.slow_query_ms is None or self.slow_statements is None:
            return {}
        alarm = AlarmArgs(
            metric=self.slow_statements,
            comparison=">",
            threshold=limits.slow_query_ms,
            minutes=5,
            # A database without slow statements logs none.
            treat_missing="notBreaching",
            description=f"The statements that the database {self.name} logged within 5 minutes took more than "
            f"{limits.slow_query_ms} ms on average. Read them in the database's log; look for a missing index, a lock "
            "(database insights), or statistics that need ANALYZE. If a deployment has just ended, roll it back.",
        )
        return {"slow-statements": alarm}
