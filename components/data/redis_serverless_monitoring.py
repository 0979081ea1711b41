"""How a serverless Redis store is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.data.redis_serverless import Serverless
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["RedisServerlessMonitoring", "ServerlessMetrics", "serverless_metrics"]

_GB = 1000**3
_MINUTES = 5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisServerlessMonitoring(Monitoring):
    """Alarms on processing units, data, throttled commands, evictions and connections; a row of charts."""

    area: ClassVar[Area] = "data"
    name: str
    """The store's name in the settings."""
    metrics: ServerlessMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {**self._load_alarms(limits), **self._client_alarms(limits)}

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        data_1_percent = metrics.max_bytes / 100
        units_1_percent = metrics.max_units_per_s * metrics.units.period_s / 100
        return DashboardRow(
            title=f"Redis {self.name}",
            charts=[
                Chart(
                    title="Processing units",
                    metrics=[metrics.units],
                    threshold=limits and units_1_percent * limits.redis_cpu_percent,
                ),
                Chart(
                    title="Data",
                    metrics=[metrics.data],
                    threshold=limits and data_1_percent * limits.redis_memory_percent,
                ),
                Chart(title="Throttled and evictions", metrics=[metrics.throttled, metrics.evictions]),
                Chart(
                    title="Connections", metrics=[metrics.connections], threshold=limits and limits.redis_connections
                ),
            ],
        )

    def _load_alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        name, metrics = self.name, self.metrics
        return {
            "units": AlarmArgs(
                metric=metrics.units,
                comparison=">",
                threshold=limits.redis_cpu_percent * metrics.max_units_per_s * _MINUTES * 60 / 100,
                minutes=_MINUTES,
                # Without a command, none are counted.
                treat_missing="notBreaching",
                description=f"For 5 minutes, the Redis store {name} used more than {limits.redis_cpu_percent} % of the "
                "processing units that it may. Look for a command over many keys, or a loop; if load has grown, raise "
                "serverless.max_ecpu_per_second, which may cost more.",
            ),
            "data": AlarmArgs(
                metric=metrics.data,
                comparison=">",
                threshold=limits.redis_memory_percent * metrics.max_bytes / 100,
                minutes=_MINUTES,
                description=f"The Redis store {name} holds more than {limits.redis_memory_percent} % of the data that "
                "it may. When it is full, it evicts keys that expire, and then refuses writes. Look for keys without "
                "expiry; otherwise raise serverless.max_gb, which may cost more.",
            ),
            "throttled": AlarmArgs(
                metric=metrics.throttled,
                comparison=">=",
                threshold=limits.redis_throttled,
                minutes=_MINUTES,
                treat_missing="notBreaching",
                description=f"The Redis store {name} throttled {limits.redis_throttled} or more commands within 5 "
                "minutes: it is at its limit, or load grows faster than it does. Clients see errors or wait. Raise "
                "serverless.max_ecpu_per_second if the processing units are near it; otherwise wait some minutes.",
            ),
        }

    def _client_alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        name, metrics = self.name, self.metrics
        return {
            "evictions": AlarmArgs(
                metric=metrics.evictions,
                comparison=">=",
                threshold=limits.redis_evictions,
                minutes=_MINUTES,
                treat_missing="notBreaching",
                description=f"The Redis store {name} evicted {limits.redis_evictions} or more keys within 5 minutes, "
                "because it is full. A cache becomes slower, a queue or session loses data: raise serverless.max_gb, "
                "or let keys expire sooner.",
            ),
            "connections": AlarmArgs(
                metric=metrics.connections,
                comparison=">",
                threshold=limits.redis_connections,
                minutes=_MINUTES,
                description=f"The Redis store {name} had more than {limits.redis_connections} connections open for 5 "
                "minutes; it takes 65,000. Look for a service that opens one for each request, or whose pool is too "
                "large, and restart it.",
            ),
        }
