"""What CloudWatch measures of a replication group's nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from components.values import Metric

__all__ = ["RedisMetrics", "redis_metrics"]

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
