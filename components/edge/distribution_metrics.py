"""What CloudWatch knows about a distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi

from components.values import Metric
from settings.edge.distribution import REGION

__all__ = ["DistributionMetrics", "distribution_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionMetrics:
    """Metrics that a distribution publishes, in us-east-1 wherever the stack is."""

    requests: Metric
    client_errors: Metric
    """Percent of the requests that were answered 4xx."""
    errors: Metric
    """Percent of the requests that were answered 5xx, also where CloudFront could not reach an origin."""
    downloaded: Metric
    """Bytes that callers got."""


def distribution_metrics(distribution_id: pulumi.Input[str]) -> DistributionMetrics:
    """The metrics of one distribution."""

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
