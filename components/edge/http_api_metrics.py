"""CloudWatch metrics of an HTTP API, in total and by route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi

from components.values import PERCENTILES, Metric, Search

__all__ = ["OWN_METRICS", "THROTTLED", "THROTTLED_BY_ROUTE", "HttpApiMetrics", "RouteMetrics", "http_api_metrics"]

OWN_METRICS, THROTTLED, THROTTLED_BY_ROUTE = "AgentPlatform/HttpApi", "Throttled", "ThrottledByRoute"
_NAMESPACE = "AWS/ApiGateway"
# Found by search: a route without requests has no series, and AWS chooses the dimensions of the default route's.
_ROUTE = ("ApiId", "Method", "Resource", "Stage")
_ROUTE_LABEL = "${PROP('Dim.Method')} ${PROP('Dim.Resource')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMetrics:
    """Metrics of every route that had requests, including the default route."""

    requests: Search
    client_errors: Search
    errors: Search
    latency: Search
    throttled: Search


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApiMetrics:
    """Metrics that an HTTP API publishes."""

    requests: Metric
    client_errors: Metric
    throttled: Metric
    """Requests above the limits. `client_errors` includes them; API Gateway has no separate metric for them."""
    errors: Metric
    latencies: Sequence[Metric]
    integration_latency: Metric
    """The part of the latency that the load balancer and the service take."""
    by_route: RouteMetrics


def http_api_metrics(api_id: pulumi.Input[str]) -> HttpApiMetrics:
    """The metrics of the API with this id."""

    def metric(name: str, statistic: Literal["Sum", "p50", "p95", "p99"], label: str) -> Metric:
        return Metric(namespace=_NAMESPACE, name=name, dimensions={"ApiId": api_id}, statistic=statistic, label=label)

    return HttpApiMetrics(
        requests=metric("Count", "Sum", "requests"),
        client_errors=metric("4xx", "Sum", "4xx"),
        errors=metric("5xx", "Sum", "5xx"),
        throttled=Metric(
            namespace=OWN_METRICS,
            name=THROTTLED,
            dimensions={"ApiId": api_id},
            statistic="Sum",
            label="throttled",
        ),
        latencies=[metric("Latency", statistic, f"latency {statistic} (ms)") for statistic in PERCENTILES],
        integration_latency=metric("IntegrationLatency", "p95", "integration latency p95 (ms)"),
        by_route=_by_route(api_id),
    )


def _by_route(api_id: pulumi.Input[str]) -> RouteMetrics:
    def search(name: str, statistic: Literal["Sum", "p95"] = "Sum") -> Search:
        return Search(
            namespace=_NAMESPACE,
            name=name,
            dimensions=_ROUTE,
            where={"ApiId": api_id},
            statistic=statistic,
            label=_ROUTE_LABEL,
        )

    return RouteMetrics(
        requests=search("Count"),
        client_errors=search("4xx"),
        errors=search("5xx"),
        latency=search("Latency", "p95"),
        throttled=Search(
            namespace=OWN_METRICS,
            name=THROTTLED_BY_ROUTE,
            dimensions=("ApiId", "Route"),
            where={"ApiId": api_id},
            statistic="Sum",
            label="${PROP('Dim.Route')}",
        ),
    )
