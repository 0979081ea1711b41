"""How the requests of one service are watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.expression import total
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["RouteMetrics", "RouteMonitoring", "route_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMetrics:
    """Metrics of the service's requests, one for each target group.

    Each deployment changes which of the two groups serves, so an alarm must use the sum over both (for response times,
    the maximum).
    """

    requests: Sequence[Metric]
    requests_per_target: Sequence[Metric]
    errors: Sequence[Metric]
    unhealthy: Sequence[Metric]
    response_time: Sequence[Metric]


def route_metrics(target_groups: Sequence[pulumi.Input[str]], load_balancer: pulumi.Input[str]) -> RouteMetrics:
    """The metrics of target groups behind a load balancer, all given by the last parts of their ARNs."""

    def for_each_group(name: str, statistic: Literal["Sum", "Maximum", "p95"], label: str) -> list[Metric]:
        return [
            Metric(
                namespace="AWS/ApplicationELB",
                name=name,
                dimensions={"LoadBalancer": load_balancer, "TargetGroup": target_group},
                statistic=statistic,
                label=label,
            )
            for target_group in target_groups
        ]

    return RouteMetrics(
        requests=for_each_group("RequestCount", "Sum", "requests"),
        requests_per_target=for_each_group("RequestCountPerTarget", "Sum", "requests per task"),
        errors=for_each_group("HTTPCode_Target_5XX_Count", "Sum", "5xx"),
        unhealthy=for_each_group("UnHealthyHostCount", "Maximum", "unhealthy tasks"),
        response_time=for_each_group("TargetResponseTime", "p95", "response time p95 (s)"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMonitoring(Monitoring):
    """The alarm that rolls a service's deployment back: errors behind its route, in both of its target groups."""

    area: ClassVar[Area] = "services"
    name: str
    """The service's name in the settings."""
    metrics: RouteMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        rollback = AlarmArgs(
            metric=total(f"{self.name} 5xx", self.metrics.errors),
            comparison=">=",
            threshold=limits.load_balancer_5xx,
            minutes=1,
            treat_missing="notBreaching",
            description=f"The service {self.name} answered {limits.load_balancer_5xx} or more requests with 5xx within "
            "a minute. A deployment in progress is rolled back; read the service's log before the next one.",
        )
        return {"rollback": rollback}
