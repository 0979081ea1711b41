"""CloudWatch metrics of an RDS instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.values import Metric

__all__ = ["PostgresMetrics", "postgres_metrics"]


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
