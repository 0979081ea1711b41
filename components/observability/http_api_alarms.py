"""The alarms of an HTTP API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs
from components.values import Metric
from settings.observability import Alarms

__all__ = ["HttpApiAlarms", "HttpApiAlarmsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApiAlarmsArgs:
    """Arguments of `HttpApiAlarms`."""

    errors: Metric
    """Count of 5xx answers, of the API itself and of what is behind it."""
    thresholds: Alarms
    """When the alarm goes off."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class HttpApiAlarms(Component):
    """Alarms of an HTTP API.

    Creates: an alarm on 5xx answers, also those of the API itself where it cannot reach the load balancer or has
    waited too long, which no load balancer counts. Without requests there is no data, which counts as no errors.
    """

    def __init__(self, name: str, args: HttpApiAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        limit = args.thresholds.http_api_5xx
        errors = Alarm(
            self.child_name("5xx"),
            AlarmArgs(
                metric=args.errors,
                comparison=">=",
                threshold=limit,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The HTTP API answered {limit} or more requests with 5xx within 5 minutes. If the load "
                "balancer's alarm is on, too, look there first. Otherwise read integrationError in the API's access "
                "log: 503 and 504 mean that the API did not reach the load balancer, or got no answer in 30 s; look "
                "at the VPC link's state and at the services' response times. If a deployment has just ended, roll it "
                "back.",
                actions=args.actions,
            ),
            self.child_opts(),
        )
        self.names = (errors.name,)
        self.done()
