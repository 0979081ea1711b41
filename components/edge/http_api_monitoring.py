"""How an HTTP API is watched, in total and by route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring, Shows
from components.values import PERCENTILES, Metric, Search
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = [
    "OWN_METRICS",
    "THROTTLED",
    "THROTTLED_BY_ROUTE",
    "HttpApiMetrics",
    "HttpApiMonitoring",
    "RouteMetrics",
    "http_api_metrics",
]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApiMonitoring(Monitoring):
    """An alarm on 5xx responses; two rows of charts, one for the API and one by route.

    Its 5xx include those of the API itself, where it cannot reach the load balancer or has waited too long, which no
    load balancer counts. Without requests there is no data, which counts as no errors.
    """

    area: ClassVar[Area] = "application"
    shows: ClassVar[Shows] = "symptom"
    metrics: HttpApiMetrics
    counts_throttled: bool
    """Whether throttled requests are counted."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        errors = AlarmArgs(
            metric=self.metrics.errors,
            comparison=">=",
            threshold=limits.http_api_5xx,
            minutes=5,
            treat_missing="notBreaching",
            description=f"The HTTP API answered {limits.http_api_5xx} or more requests with 5xx within 5 minutes. If "
            "the load balancer's alarm is in ALARM, too, look there first. Otherwise read integrationError in the "
            "API's access log: 503 and 504 mean that the API did not reach the load balancer, or got no answer in "
            "30 s; look at the VPC link's state and at the services' response times. If a deployment has just ended, "
            "roll it back.",
        )
        return {"5xx": errors}

    @classmethod
    def rows(cls, monitored: Sequence[Self], limits: Alarms | None) -> Iterator[DashboardRow]:
        """See the base class."""
        for api in monitored:
            metrics, routes = api.metrics, api.metrics.by_route
            throttled = [metrics.throttled] if api.counts_throttled else []
            by_route = [Chart(title="Throttled by route", metrics=[routes.throttled])] if api.counts_throttled else []
            yield DashboardRow(
                title="HTTP API",
                charts=[
                    Chart(title="Requests", metrics=[metrics.requests]),
                    Chart(title="Errors", metrics=[metrics.client_errors, metrics.errors, *throttled]),
                    Chart(title="Latency", metrics=[*metrics.latencies, metrics.integration_latency]),
                ],
            )
            yield DashboardRow(
                title="HTTP API by route",
                charts=[
                    Chart(title="Requests by route", metrics=[routes.requests]),
                    Chart(title="4xx by route", metrics=[routes.client_errors]),
                    Chart(title="5xx by route", metrics=[routes.errors]),
                    *by_route,
                    Chart(title="Latency p95 by route (ms)", metrics=[routes.latency]),
                ],
            )
