"""CloudWatch metrics of a replication group's nodes and of a serverless cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from components.values import Metric
from settings.data.redis_serverless import Serverless

__all__ = ["RedisMetrics", "ServerlessMetrics", "redis_metrics", "serverless_metrics"]

_GB = 1000**3

# Nodes of these sizes have two vCPUs at most, so CPUUtilization shows a busy engine; on larger ones, its one thread is
# saturated long before the CPU, and EngineCPUUtilization counts.
_SMALL_NODES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisMetrics:
    """The metrics of one Redis store, one for each of its nodes."""

    cpu: Sequence[Metric]
    """Percent."""
    memory: Sequence[Metric]
    """Percent of the memory that is available for data."""
    evictions: Sequence[Metric]
    """Keys evicted because memory was full."""
    connections: Sequence[Metric]
    """Open connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessMetrics:
    """The metrics of one serverless Redis store, and its limits."""

    data: Metric
    """Bytes."""
    units: Metric
    """ElastiCache processing units (ECPU) that commands consumed."""
    throttled: Metric
    """Commands throttled because capacity was exhausted."""
    evictions: Metric
    """Keys evicted because storage was full."""
    connections: Metric
    """Open connections."""
    max_bytes: int
    """Limit of the data."""
    max_units_per_s: int
    """Limit of the processing units in one second."""


def serverless_metrics(identifier: str, limits: Serverless) -> ServerlessMetrics:
    """The metrics of the serverless cache `identifier`."""

    def metric(name: str, label: str, statistic: Literal["Sum", "Maximum"]) -> Metric:
        return Metric(
            namespace="AWS/ElastiCache",
            name=name,
            # As CloudWatch spells it: lower case, and another name than the API's.
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
        max_bytes=limits.max_gb * _GB,
        max_units_per_s=limits.max_ecpu_per_second,
    )


def redis_metrics(identifier: str, *, nodes: int, node_type: str) -> RedisMetrics:
    """The metrics of the replication group `identifier`, whose nodes are numbered from 001."""

    def node_metrics(name: str, label: str, statistic: Literal["Average", "Sum", "Maximum"]) -> list[Metric]:
        node_ids = [f"{identifier}-{number:03}" for number in range(1, nodes + 1)]
        return [
            Metric(
                namespace="AWS/ElastiCache",
                name=name,
                dimensions={"CacheClusterId": node_id},
                statistic=statistic,
                label=f"{node_id} {label}",
            )
            for node_id in node_ids
        ]

    is_small = node_type.rpartition(".")[2] in _SMALL_NODES
    return RedisMetrics(
        cpu=node_metrics("CPUUtilization" if is_small else "EngineCPUUtilization", "CPU %", "Average"),
        memory=node_metrics("DatabaseMemoryUsagePercentage", "memory %", "Average"),
        evictions=node_metrics("Evictions", "evictions", "Sum"),
        connections=node_metrics("CurrConnections", "connections", "Maximum"),
    )
