"""How a Redis store with nodes is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.expression import highest, total
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["RedisMetrics", "RedisMonitoring", "redis_metrics", "redis_nodes"]

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


def redis_nodes(identifier: str, members: pulumi.Output[Sequence[str]], *, nodes: int) -> list[pulumi.Output[str]]:
    """The ids of a replication group's nodes, as many as the settings say.

    AWS numbers nodes from 001 and chooses which one goes when there are fewer replicas, so that 002 may be left. Where
    it does not list a node yet, the number that it gives to a new store's counts.
    """

    def node(index: int) -> pulumi.Output[str]:
        return members.apply(
            lambda ids: sorted(ids)[index] if index < len(ids) else f"{identifier}-{index + 1:03}",
        )

    return [node(index) for index in range(nodes)]


def redis_metrics(identifier: str, node_ids: Sequence[pulumi.Input[str]], *, node_type: str) -> RedisMetrics:
    """The metrics of the replication group `identifier` with these nodes."""

    def node_metrics(name: str, label: str, statistic: Literal["Average", "Sum", "Maximum"]) -> list[Metric]:
        return [
            Metric(
                namespace="AWS/ElastiCache",
                name=name,
                dimensions={"CacheClusterId": node_id},
                statistic=statistic,
                label=f"{identifier} node {number} {label}",
            )
            for number, node_id in enumerate(node_ids, start=1)
        ]

    is_small = node_type.rpartition(".")[2] in _SMALL_NODES
    return RedisMetrics(
        cpu=node_metrics("CPUUtilization" if is_small else "EngineCPUUtilization", "CPU %", "Average"),
        memory=node_metrics("DatabaseMemoryUsagePercentage", "memory %", "Average"),
        evictions=node_metrics("Evictions", "evictions", "Sum"),
        connections=node_metrics("CurrConnections", "connections", "Maximum"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisMonitoring(Monitoring):
    """Alarms on CPU, memory, evictions and connections, of several nodes the busiest counts; a row of charts."""

    area: ClassVar[Area] = "data"
    name: str
    """The store's name in the settings."""
    metrics: RedisMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        name, metrics = self.name, self.metrics
        return {
            "cpu": AlarmArgs(
                metric=highest(f"{name} CPU %", metrics.cpu),
                comparison=">",
                threshold=limits.redis_cpu_percent,
                minutes=5,
                description=f"The Redis store {name} used more than {limits.redis_cpu_percent} % of its CPU for 5 "
                "minutes. Look in its slow log for a command over many keys, such as KEYS; if load has grown, choose a "
                "larger node, with apply: now.",
            ),
            "memory": AlarmArgs(
                metric=highest(f"{name} memory %", metrics.memory),
                comparison=">",
                threshold=limits.redis_memory_percent,
                minutes=5,
                description=f"Data takes more than {limits.redis_memory_percent} % of the memory of the Redis store "
                f"{name}. When it is full, it evicts keys that expire, and then refuses writes. Look for keys without "
                "expiry; otherwise choose a larger node, with apply: now.",
            ),
            "evictions": AlarmArgs(
                metric=total(f"{name} evictions", metrics.evictions),
                comparison=">=",
                threshold=limits.redis_evictions,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The Redis store {name} evicted {limits.redis_evictions} or more keys within 5 minutes, "
                "because its memory is full. A cache becomes slower, a queue or session loses data: choose a larger "
                "node, with apply: now, or let keys expire sooner.",
            ),
            "connections": AlarmArgs(
                metric=highest(f"{name} connections", metrics.connections),
                comparison=">",
                threshold=limits.redis_connections,
                minutes=5,
                description=f"The Redis store {name} had more than {limits.redis_connections} connections open for 5 "
                "minutes; it takes 65,000. Look for a service that opens one for each request, or whose pool is too "
                "large, and restart it.",
            ),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title=f"Redis {self.name}",
            charts=[
                Chart(title="CPU", metrics=metrics.cpu, threshold=limits and limits.redis_cpu_percent),
                Chart(title="Memory", metrics=metrics.memory, threshold=limits and limits.redis_memory_percent),
                Chart(title="Evictions", metrics=metrics.evictions),
                Chart(title="Connections", metrics=metrics.connections, threshold=limits and limits.redis_connections),
            ],
        )
