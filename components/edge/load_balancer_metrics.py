"""CloudWatch metrics of a load balancer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.values import PERCENTILES, Metric

__all__ = ["LoadBalancerMetrics", "load_balancer_metrics"]


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
