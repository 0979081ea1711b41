"""The alarms of a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.values import Metric
from settings.observability import Alarms

__all__ = ["DistributionAlarms", "DistributionAlarmsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionAlarmsArgs:
    """Arguments of `DistributionAlarms`."""

    errors: Metric
    """Percent of the requests that were answered 5xx."""
    thresholds: Alarms
    """When the alarm goes off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified, of the region in which CloudFront publishes."""


class DistributionAlarms(Component):
    """Alarms of a distribution, for a stack in the region where CloudFront publishes its metrics.

    Creates: an alarm on 5xx answers, also those of CloudFront itself where it cannot reach an origin, which no load
    balancer counts. Without requests there is no data, which counts as no errors.
    """

    def __init__(self, name: str, args: DistributionAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limit = args.thresholds.distribution_5xx_percent
        errors = Alarm(
            self.child_name("5xx"),
            AlarmArgs(
                metric=args.errors,
                comparison=">",
                threshold=limit,
                minutes=5,
                treat_missing="notBreaching",
                description=f"More than {limit} % of the distribution's answers were 5xx for 5 minutes. If the load "
                "balancer's alarm is on, too, look there first. Otherwise CloudFront does not reach an origin: 502 "
                "means that the load balancer's certificate has expired or does not carry its name, 504 that nothing "
                "answered in time or that a security group closes the way.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
        self.names = (errors.name,)
        self.done()
