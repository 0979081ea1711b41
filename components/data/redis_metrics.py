"""What CloudWatch measures of a replication group's nodes, and of a serverless cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from components.values import Metric
from settings.data.redis_serverless import Serverless

__all__ = ["RedisMetrics", "ServerlessMetrics", "redis_metrics", "serverless_metrics"]

_GB = 1000**3

# Nodes of these sizes have two vCPUs, of which the engine's own thread takes one: there, all of the CPU counts.
_SMALL = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisMetrics:
    """The metrics of one Redis store, one for each of its nodes."""

    cpu: Sequence[Metric]
    """Percent."""
    memory: Sequence[Metric]
    """Percent of the memory that data may take."""
    evictions: Sequence[Metric]
    """Keys dropped for want of memory."""
    connections: Sequence[Metric]
    """Open connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessMetrics:
    """The metrics of one serverless Redis store, and what it grows to."""

    data: Metric
    """Bytes."""
    units: Metric
    """Processing units that commands took."""
    throttled: Metric
    """Commands held back for want of capacity."""
    evictions: Metric
    """Keys dropped for want of space."""
    connections: Metric
    """Open connections."""
    most_bytes: int
    """The most data that it holds."""
    most_units_s: int
    """The most processing units that it gives in a second."""


def serverless_metrics(identifier: str, limits: Serverless) -> ServerlessMetrics:
    """The metrics of the serverless cache `identifier`."""

    def metric(name: str, label: str, statistic: Literal["Sum", "Maximum"]) -> Metric:
        return Metric(
            namespace="AWS/ElastiCache",
            name=name,
            # With a small letter, and called otherwise than in the API.
            dimensions={"clusterId": identifier},
            statistic=statistic,
            label=label,
        )

    return ServerlessMetrics(
        data=metric("BytesUsedForCache", "bytes", "Maximum"),
        units=metric("ElastiCacheProcessingUnits", "processing units", "Sum"),
        throttled=metric("ThrottledCmds", "throttled commands", "Sum"),
        evictions=metric("Evictions", "evictions", "Sum"),
        connections=metric("CurrConnections", "connections", "Maximum"),
        most_bytes=limits.max_gb * _GB,
        most_units_s=limits.max_ecpu_per_second,
    )


def redis_metrics(identifier: str, *, nodes: int, node_type: str) -> RedisMetrics:
    """The metrics of the replication group `identifier`, whose nodes are numbered from 001."""

    def each(name: str, label: str, statistic: Literal["Average", "Sum", "Maximum"]) -> list[Metric]:
        members = [f"{identifier}-{number:03}" for number in range(1, nodes + 1)]
        return [
            Metric(
                namespace="AWS/ElastiCache",
                name=name,
                dimensions={"CacheClusterId": member},
                statistic=statistic,
                label=f"{member} {label}",
            )
            for member in members
        ]

    small = node_type.rpartition(".")[2] in _SMALL
    return RedisMetrics(
        cpu=each("CPUUtilization" if small else "EngineCPUUtilization", "CPU %", "Average"),
        memory=each("DatabaseMemoryUsagePercentage", "memory %", "Average"),
        evictions=each("Evictions", "evictions", "Sum"),
        connections=each("CurrConnections", "connections", "Maximum"),
    )
