"""The alarms of a serverless Redis store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.data.redis_metrics import ServerlessMetrics
from components.observability.alarm import Alarm, AlarmArgs
from settings.observability import Alarms

__all__ = ["ServerlessAlarms", "ServerlessAlarmsArgs"]

_MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessAlarmsArgs:
    """Arguments of `ServerlessAlarms`."""

    store: str
    """The store's name in the settings, for the descriptions."""
    metrics: ServerlessMetrics
    """What it publishes, and what it grows to."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class ServerlessAlarms(Component):
    """Alarms of one serverless Redis store.

    Creates: an alarm each on processing units, data, throttled commands, evictions and connections.
    """

    def __init__(self, name: str, args: ServerlessAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits, metrics, store, actions = args.thresholds, args.metrics, args.store, args.actions
        watched = {
            "units": AlarmArgs(
                metric=metrics.units,
                comparison=">",
                threshold=limits.redis_cpu_percent * metrics.max_units_per_s * _MINUTES * 60 / 100,
                minutes=_MINUTES,
                # Without a command, none are counted.
                treat_missing="notBreaching",
                description=f"For 5 minutes, the Redis store {store} took over {limits.redis_cpu_percent} % of the "
                "processing units that it may. Look for a command over many keys, or a loop; if load has simply grown, "
                "raise serverless.max_ecpu_per_second, which may cost more.",
                actions=actions,
            ),
            "data": AlarmArgs(
                metric=metrics.data,
                comparison=">",
                threshold=limits.redis_memory_percent * metrics.max_bytes / 100,
                minutes=_MINUTES,
                description=f"The Redis store {store} holds more than {limits.redis_memory_percent} % of the data that "
                "it may. Full, it drops keys that expire, and then refuses to write. Look for keys without expiry; "
                "otherwise raise serverless.max_gb, which may cost more.",
                actions=actions,
            ),
            "throttled": AlarmArgs(
                metric=metrics.throttled,
                comparison=">=",
                threshold=limits.redis_throttled,
                minutes=_MINUTES,
                treat_missing="notBreaching",
                description=f"The Redis store {store} held back {limits.redis_throttled} or more commands within 5 "
                "minutes: it is at its limit, or load grows faster than it does. Clients see errors or wait. Raise "
                "serverless.max_ecpu_per_second if the processing units are near it; else it grows within minutes.",
                actions=actions,
            ),
            "evictions": AlarmArgs(
                metric=metrics.evictions,
                comparison=">=",
                threshold=limits.redis_evictions,
                minutes=_MINUTES,
                treat_missing="notBreaching",
                description=f"The Redis store {store} dropped {limits.redis_evictions} or more keys within 5 minutes, "
                "since it is full. A mere cache becomes slower, a queue or session loses data: raise "
                "serverless.max_gb, or let keys expire sooner.",
                actions=actions,
            ),
            "connections": AlarmArgs(
                metric=metrics.connections,
                comparison=">",
                threshold=limits.redis_connections,
                minutes=_MINUTES,
                description=f"The Redis store {store} had more than {limits.redis_connections} connections open for 5 "
                "minutes; it takes 65,000. Look for a service that opens one for each request, or whose pool is too "
                "large, and restart it.",
                actions=actions,
            ),
        }
        self.names = tuple(
            Alarm(self.child_name(what), alarm, self.child_opts()).name for what, alarm in watched.items()
        )
        self.done()
