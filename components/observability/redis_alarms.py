"""The alarms of a Redis store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import highest, total
from components.values import Metric
from settings.observability import Alarms

__all__ = ["RedisAlarms", "RedisAlarmsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisAlarmsArgs:
    """Arguments of `RedisAlarms`."""

    store: str
    """The store's name in the settings, for the descriptions."""
    cpu: Sequence[Metric]
    """Percent of each node's CPU."""
    memory: Sequence[Metric]
    """Percent of each node's memory for data."""
    evictions: Sequence[Metric]
    """Keys that each node dropped for want of memory."""
    connections: Sequence[Metric]
    """Open connections of each node."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class RedisAlarms(Component):
    """Alarms of one Redis store.

    Creates: an alarm each on CPU, memory, evictions and connections; of several nodes, the busiest counts.
    """

    def __init__(self, name: str, args: RedisAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits, store = args.thresholds, args.store
        watched = {
            "cpu": AlarmArgs(
                metric=highest(f"{store} CPU %", args.cpu),
                comparison=">",
                threshold=limits.redis_cpu_percent,
                minutes=5,
                description=f"The Redis store {store} used more than {limits.redis_cpu_percent} % of its CPU for 5 "
                "minutes. Look into its slow log for a command over many keys, such as KEYS; if load has simply grown, "
                "choose a larger node.",
                actions=args.actions,
            ),
            "memory": AlarmArgs(
                metric=highest(f"{store} memory %", args.memory),
                comparison=">",
                threshold=limits.redis_memory_percent,
                minutes=5,
                description=f"Data takes more than {limits.redis_memory_percent} % of the memory of the Redis store "
                f"{store}. Full, it drops keys that expire, and then refuses to write. Look for keys without expiry; "
                "otherwise choose a larger node.",
                actions=args.actions,
            ),
            "evictions": AlarmArgs(
                metric=total(f"{store} evictions", args.evictions),
                comparison=">=",
                threshold=limits.redis_evictions,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The Redis store {store} dropped {limits.redis_evictions} or more keys within 5 minutes, "
                "since its memory is full. A mere cache becomes slower, a queue or session loses data: choose a larger "
                "node, or let keys expire sooner.",
                actions=args.actions,
            ),
            "connections": AlarmArgs(
                metric=highest(f"{store} connections", args.connections),
                comparison=">",
                threshold=limits.redis_connections,
                minutes=5,
                description=f"The Redis store {store} had more than {limits.redis_connections} connections open for 5 "
                "minutes; it takes 65,000. Look for a service that opens one for each request, or whose pool is too "
                "large, and restart it.",
                actions=args.actions,
            ),
        }
        self.names = tuple(
            Alarm(self.child_name(what), alarm, self.child_opts()).name for what, alarm in watched.items()
        )
        self.done()
