"""The alarms of what a stack runs: one component for each kind of thing that is watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import total
from components.values import Metric
from settings.observability import Alarms

__all__ = [
    "DatabaseAlarms",
    "DatabaseAlarmsArgs",
    "LoadBalancerAlarms",
    "LoadBalancerAlarmsArgs",
    "ServiceAlarms",
    "ServiceAlarmsArgs",
]

_GIB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAlarmsArgs:
    """Arguments of `ServiceAlarms`."""

    service: str
    """The service's name in the settings, for the descriptions."""
    cpu: Metric
    """Percent of the service's CPU."""
    memory: Metric
    """Percent of the service's memory."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class ServiceAlarms(Component):
    """Alarms of one service.

    Creates: an alarm on CPU and one on memory. A service without tasks has no data and raises neither.
    """

    def __init__(self, name: str, args: ServiceAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits = args.thresholds
        cpu = Alarm(
            self.named("cpu"),
            AlarmArgs(
                metric=args.cpu,
                comparison=">",
                threshold=limits.service_cpu_percent,
                minutes=5,
                description=f"The service {args.service} used more than {limits.service_cpu_percent} % of its CPU for "
                "5 minutes. If a deployment has just ended, roll it back. If there are more requests than usual, raise "
                "replicas.max; otherwise look for a loop in its logs.",
                actions=args.actions,
            ),
            self.inside(),
        )
        memory = Alarm(
            self.named("memory"),
            AlarmArgs(
                metric=args.memory,
                comparison=">",
                threshold=limits.service_memory_percent,
                minutes=5,
                description=f"The service {args.service} used more than {limits.service_memory_percent} % of its "
                "memory for 5 minutes; at 100 % its tasks are killed. If a deployment has just ended, roll it back. If "
                "memory grows with time, restart the service and look for the leak; otherwise raise memory.",
                actions=args.actions,
            ),
            self.inside(),
        )
        self.names = (cpu.name, memory.name)
        self.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerAlarmsArgs:
    """Arguments of `LoadBalancerAlarms`."""

    entry: str
    """What the load balancer is called in the descriptions."""
    errors: Sequence[Metric]
    """Counts of 5xx answers, of the load balancer itself and of all its targets; they are added up."""
    thresholds: Alarms
    """When the alarm goes off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class LoadBalancerAlarms(Component):
    """Alarms of the way in.

    Creates: an alarm on 5xx answers. Without requests there is no data, which counts as no errors.
    """

    def __init__(self, name: str, args: LoadBalancerAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limit = args.thresholds.load_balancer_5xx
        errors = Alarm(
            self.named("5xx"),
            AlarmArgs(
                metric=total("5xx answers", args.errors),
                comparison=">=",
                threshold=limit,
                minutes=5,
                treat_missing="notBreaching",
                description=f"{args.entry} answered {limit} or more requests with 5xx within 5 minutes. 502, 503 and "
                "504 mean that tasks are missing, unhealthy or too slow: look at the service's events; 500 comes from "
                "the application: look at its logs. If a deployment has just ended, roll it back.",
                actions=args.actions,
            ),
            self.inside(),
        )
        self.names = (errors.name,)
        self.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAlarmsArgs:
    """Arguments of `DatabaseAlarms`."""

    database: str
    """The database's name in the settings, for the descriptions."""
    cpu: Metric
    """Percent of the instance's CPU."""
    free_storage: Metric
    """Free storage in bytes."""
    thresholds: Alarms
    """When the alarms go off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class DatabaseAlarms(Component):
    """Alarms of one database.

    Creates: an alarm on CPU and one on free storage.
    """

    def __init__(self, name: str, args: DatabaseAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits = args.thresholds
        cpu = Alarm(
            self.named("cpu"),
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
            self.inside(),
        )
        storage = Alarm(
            self.named("storage"),
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
            self.inside(),
        )
        self.names = (cpu.name, storage.name)
        self.done()
