"""The alarms of what a stack runs: one component for each kind of thing that is watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import share, total
from components.values import Metric
from settings.observability import Alarms

__all__ = [
    "LoadBalancerAlarms",
    "LoadBalancerAlarmsArgs",
    "ServiceAlarms",
    "ServiceAlarmsArgs",
]


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

    Creates: an alarm on CPU and one on memory. A service without tasks has no data, which counts as no load: one that
    sleeps at night does not tell each morning that all is well.
    """

    def __init__(self, name: str, args: ServiceAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limits = args.thresholds
        cpu = Alarm(
            self.child_name("cpu"),
            AlarmArgs(
                metric=args.cpu,
                comparison=">",
                threshold=limits.service_cpu_percent,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The service {args.service} used more than {limits.service_cpu_percent} % of its CPU for "
                "5 minutes. If a deployment has just ended, roll it back. If there are more requests than usual, raise "
                "replicas.max; otherwise look for a loop in its logs.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
        memory = Alarm(
            self.child_name("memory"),
            AlarmArgs(
                metric=args.memory,
                comparison=">",
                threshold=limits.service_memory_percent,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The service {args.service} used more than {limits.service_memory_percent} % of its "
                "memory for 5 minutes; at 100 % its tasks are killed. If a deployment has just ended, roll it back. If "
                "memory grows with time, restart the service and look for the leak; otherwise raise memory.",
                actions=args.actions,
            ),
            self.child_opts(),
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
    requests: Metric
    """All requests that reached a target."""
    thresholds: Alarms
    """When the alarm goes off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class LoadBalancerAlarms(Component):
    """Alarms of the way in.

    Creates: an alarm on 5xx answers, and by threshold one on their share of the requests. Without requests there is
    no data, which counts as no errors.
    """

    def __init__(self, name: str, args: LoadBalancerAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limit = args.thresholds.load_balancer_5xx
        errors = Alarm(
            self.child_name("5xx"),
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
            self.child_opts(),
        )
        rate = self._error_rate(args)
        self.names = (errors.name, *([] if rate is None else [rate.name]))
        self.done()

    def _error_rate(self, args: LoadBalancerAlarmsArgs) -> Alarm | None:
        limit, least = args.thresholds.error_rate_percent, args.thresholds.error_rate_min_requests
        if limit is None:
            return None
        return Alarm(
            self.child_name("error-rate"),
            AlarmArgs(
                metric=share("error rate %", args.errors, args.requests, at_least=least),
                comparison=">",
                threshold=limit,
                minutes=5,
                treat_missing="notBreaching",
                description=f"More than {limit:g} % of the requests within 5 minutes, of which there were at least "
                f"{least}, were answered with 5xx by {args.entry} or what is behind it. If a deployment has just "
                "ended, roll it back. Otherwise: 502, 503 and 504 mean that tasks are missing, unhealthy or too slow, "
                "look at the service's events; 500 comes from the application, look at the saved query errors.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
