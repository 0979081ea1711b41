"""How a distribution is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring, Shows
from components.values import Metric
from settings.edge.distribution import REGION
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["DistributionMetrics", "DistributionMonitoring", "distribution_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionMetrics:
    """Metrics of a distribution, which CloudFront publishes in us-east-1 whatever the stack's region is."""

    requests: Metric
    client_errors: Metric
    """Percentage of requests with a 4xx response."""
    errors: Metric
    """Percentage of requests with a 5xx response, including those for which CloudFront could not reach an origin."""
    downloaded: Metric
    """Bytes sent to viewers."""


def distribution_metrics(distribution_id: pulumi.Input[str]) -> DistributionMetrics:
    """The metrics of the distribution with this id."""

    def metric(name: str, statistic: Literal["Sum", "Average"], label: str) -> Metric:
        return Metric(
            namespace="AWS/CloudFront",
            name=name,
            dimensions={"DistributionId": distribution_id, "Region": "Global"},
            statistic=statistic,
            label=label,
            region=REGION,
        )

    return DistributionMetrics(
        requests=metric("Requests", "Sum", "requests"),
        client_errors=metric("4xxErrorRate", "Average", "4xx (%)"),
        errors=metric("5xxErrorRate", "Average", "5xx (%)"),
        downloaded=metric("BytesDownloaded", "Sum", "bytes downloaded"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionMonitoring(Monitoring):
    """An alarm on 5xx responses, for a stack in the region where CloudFront publishes; a row of charts.

    Its 5xx include those of CloudFront itself where it cannot reach an origin, which no load balancer counts. Without
    requests there is no data, which counts as no errors.
    """

    area: ClassVar[Area] = "application"
    shows: ClassVar[Shows] = "symptom"
    metrics: DistributionMetrics
    stack_region: str
    """The region of the alarms' topic: an alarm notifies topics of its own region only."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        if self.stack_region != REGION:
            return {}
        errors = AlarmArgs(
            metric=self.metrics.errors,
            comparison=">",
            threshold=limits.distribution_5xx_percent,
            minutes=5,
            treat_missing="notBreaching",
            description=f"More than {limits.distribution_5xx_percent} % of the distribution's answers were 5xx for 5 "
            "minutes. If the load balancer's alarm is in ALARM, too, look there first. Otherwise CloudFront does not "
            "reach an origin: 502 means that the load balancer's certificate has expired or does not carry its name, "
            "504 that nothing answered in time or that a security group blocks CloudFront.",
        )
        return {"5xx": errors}

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title="Distribution",
            charts=[
                Chart(title="Requests", metrics=[metrics.requests]),
                Chart(title="Error rate", metrics=[metrics.client_errors, metrics.errors], unit="%"),
                Chart(title="Traffic", metrics=[metrics.downloaded]),
            ],
        )
