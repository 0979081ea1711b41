"""The alarms of a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.values import Metric
from settings.observability import Alarms

__all__ = ["DatabaseAlarms", "DatabaseAlarmsArgs"]

_GIB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAlarmsArgs:
    """Arguments of `DatabaseAlarms`."""

    database: str
    """The database's name in the settings, for the descriptions."""
    cpu: Metric
    """Percent of the instance's CPU."""
    free_storage: Metric
    """Free storage in bytes."""
    connections: Metric
    """Open connections."""
    slow_statements: Metric | None = None
    """Milliseconds that logged statements took."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class DatabaseAlarms(Component):
    """Alarms of one database.

    Creates: an alarm on CPU and one on free storage; by threshold one on connections and one on slow statements.
    """

    def __init__(self, name: str, args: DatabaseAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits = args.thresholds
        cpu = Alarm(
            self.child_name("cpu"),
            AlarmArgs(
                metric=args.cpu,
                comparison=">",
                threshold=limits.database_cpu_percent,
                minutes=15,
                description=f"The database {args.database} used more than {limits.database_cpu_percent} % of its CPU "
                "for 15 minutes. Look for the statement at the top of the database's insights and in the log of slow "
                "statements; if load has simply grown, choose a larger instance.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
        storage = Alarm(
            self.child_name("storage"),
            AlarmArgs(
                metric=args.free_storage,
                comparison="<",
                threshold=limits.database_free_storage_gb * _GIB,
                minutes=5,
                description=f"The database {args.database} has less than {limits.database_free_storage_gb} GiB of "
                "storage left; full, it stops. Storage grows by itself up to max_storage_gb, at most every six hours: "
                "raise that, or delete data, and look for a replication slot that holds back the log.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
        others = [Alarm(self.child_name(role), alarm, self.child_opts()).name for role, alarm in _by_threshold(args)]
        self.names = (cpu.name, storage.name, *others)
        self.done()


def _by_threshold(args: DatabaseAlarmsArgs) -> Iterator[tuple[str, AlarmArgs]]:
    limits, database = args.thresholds, args.database
    if limits.database_connections is not None:
        yield (
            "connections",
            AlarmArgs(
                metric=args.connections,
                comparison=">",
                threshold=limits.database_connections,
                minutes=5,
                description=f"The database {database} had more than {limits.database_connections} connections open for "
                "5 minutes; at max_connections it refuses further ones. Look for a service whose pool is too large for "
                "its number of tasks, or that leaves connections idle in transaction, and restart it.",
                actions=args.actions,
            ),
        )
    if limits.slow_query_ms is not None and args.slow_statements is not None:
        yield (
            "slow-statements",
            AlarmArgs(
                metric=args.slow_statements,
                comparison=">",
                threshold=limits.slow_query_ms,
                minutes=5,
                # A database without slow statements logs none.
                treat_missing="notBreaching",
                description=f"The statements that the database {database} logged within 5 minutes took more than "
                f"{limits.slow_query_ms} ms on average. The saved query slow statements lists them; look for a missing "
                "index, a lock (database insights), or statistics that need ANALYZE. If a deployment has just ended, "
                "roll it back.",
                actions=args.actions,
            ),
        )
