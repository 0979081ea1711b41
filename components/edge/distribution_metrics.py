"""CloudWatch metrics of a distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi

from components.values import Metric
from settings.edge.distribution import REGION

__all__ = ["DistributionMetrics", "distribution_metrics"]


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
