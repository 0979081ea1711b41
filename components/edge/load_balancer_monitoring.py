"""How a load balancer is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.expression import Expression, share, total
from components.observability.monitoring import Monitoring, Shows
from components.values import PERCENTILES, Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["LoadBalancerMetrics", "LoadBalancerMonitoring", "load_balancer_metrics"]

_MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerMetrics:
    """Metrics that Elastic Load Balancing publishes for one load balancer."""

    requests: Metric
    errors: Metric
    """5xx responses of the load balancer itself: no healthy target, or a target that did not respond in time."""
    target_errors: Metric
    """5xx responses of the services."""
    response_times: Sequence[Metric]
    """Seconds until the service responded: the 50th, 95th and 99th percentiles."""


def load_balancer_metrics(arn_suffix: pulumi.Input[str]) -> LoadBalancerMetrics:
    """The metrics of the load balancer whose ARN ends in `arn_suffix`."""
    space, dimensions = "AWS/ApplicationELB", {"LoadBalancer": arn_suffix}
    return LoadBalancerMetrics(
        requests=Metric(namespace=space, name="RequestCount", dimensions=dimensions, statistic="Sum", label="requests"),
        errors=Metric(
            namespace=space,
            name="HTTPCode_ELB_5XX_Count",
            dimensions=dimensions,
            statistic="Sum",
            label="load balancer 5xx",
        ),
        target_errors=Metric(
            namespace=space,
            name="HTTPCode_Target_5XX_Count",
            dimensions=dimensions,
            statistic="Sum",
            label="service 5xx",
        ),
        response_times=[
            Metric(
                namespace=space,
                name="TargetResponseTime",
                dimensions=dimensions,
                statistic=statistic,
                label=f"response time {statistic} (s)",
            )
            for statistic in PERCENTILES
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerMonitoring(Monitoring):
    """An alarm on 5xx responses, and by threshold one on their share of the requests; a row of charts.

    Without requests there is no data, which counts as no errors.
    """

    area: ClassVar[Area] = "application"
    shows: ClassVar[Shows] = "symptom"
    metrics: LoadBalancerMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        errors = AlarmArgs(
            metric=total("5xx answers", self._errors),
            comparison=">=",
            threshold=limits.load_balancer_5xx,
            minutes=_MINUTES,
            treat_missing="notBreaching",
            description=f"The load balancer answered {limits.load_balancer_5xx} or more requests with 5xx within 5 "
            "minutes. 502, 503 and 504 mean that tasks are missing, unhealthy or too slow: look at the service's "
            "events; 500 comes from the application: look at its logs. If a deployment has just ended, roll it back.",
        )
        return {"5xx": errors, **self._error_rate_alarm(limits)}

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title="Load balancer",
            charts=[
                Chart(title="Requests", metrics=[metrics.requests]),
                Chart(title="Errors", metrics=self._errors),
                Chart(
                    title="Error rate",
                    metrics=[self._error_rate_chart()],
                    threshold=limits and limits.error_rate_percent,
                    unit="%",
                ),
                Chart(title="Response time", metrics=metrics.response_times),
            ],
        )

    @property
    def _errors(self) -> Sequence[Metric]:
        return [self.metrics.errors, self.metrics.target_errors]

    def _error_rate_alarm(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        limit, least = limits.error_rate_percent, limits.error_rate_min_requests
        if limit is None:
            return {}
        alarm = AlarmArgs(
            metric=share("error rate %", self._errors, self.metrics.requests, at_least=least),
            comparison=">",
            threshold=limit,
            minutes=_MINUTES,
            treat_missing="notBreaching",
            description=f"More than {limit:g} % of the requests within 5 minutes, of which there were at least "
            f"{least}, were answered with 5xx by the load balancer or the services. If a deployment has just ended, "
            "roll it back. Otherwise: 502, 503 and 504 mean that tasks are missing, unhealthy or too slow, look at the "
            "service's events; 500 comes from the application, look at its logs.",
        )
        return {"error-rate": alarm}

    def _error_rate_chart(self) -> Expression:
        parts = [replace(metric, period_s=60 * _MINUTES) for metric in self._errors]
        return share("error rate %", parts, replace(self.metrics.requests, period_s=60 * _MINUTES), at_least=1)
