"""What users see: the application's own metrics, and the way in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from components.edge.load_balancer_metrics import LoadBalancerMetrics
from components.observability.custom_metrics import row
from components.observability.dashboard import Chart, DashboardRow
from components.observability.expression import Expression, share
from wiring.dashboard_source import DashboardSource

__all__ = ["custom_metrics", "distribution", "http_api", "load_balancer"]

_MINUTES = 5


def custom_metrics(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each namespace that services publish in."""
    for namespace, metrics in source.settings.observability.custom_metrics.items():
        yield row(namespace, metrics)


def http_api(source: DashboardSource) -> Iterator[DashboardRow]:
    """The HTTP API."""
    if source.edge.http_api is None:
        return
    api = source.edge.http_api.metrics
    yield DashboardRow(
        title="HTTP API",
        charts=[
            Chart(title="Requests", metrics=[api.requests]),
            Chart(title="Errors", metrics=[api.client_errors, api.errors, api.throttled]),
            Chart(title="Latency", metrics=[*api.latencies, api.integration_latency]),
        ],
    )
    routes = api.by_route
    yield DashboardRow(
        title="HTTP API by route",
        charts=[
            Chart(title="Requests by route", metrics=[routes.requests]),
            Chart(title="4xx by route", metrics=[routes.client_errors]),
            Chart(title="5xx by route", metrics=[routes.errors]),
            Chart(title="Throttled by route", metrics=[routes.throttled]),
            Chart(title="Latency p95 by route (ms)", metrics=[routes.latency]),
        ],
    )


def distribution(source: DashboardSource) -> Iterator[DashboardRow]:
    """The distribution."""
    if source.edge.distribution is None:
        return
    front = source.edge.distribution.metrics
    yield DashboardRow(
        title="Distribution",
        charts=[
            Chart(title="Requests", metrics=[front.requests]),
            Chart(title="Error rate", metrics=[front.client_errors, front.errors], unit="%"),
            Chart(title="Traffic", metrics=[front.downloaded]),
        ],
    )


def load_balancer(source: DashboardSource) -> Iterator[DashboardRow]:
    """The load balancer."""
    if source.edge.load_balancer is None:
        return
    balancer = source.edge.load_balancer.metrics
    yield DashboardRow(
        title="Load balancer",
        charts=[
            Chart(title="Requests", metrics=[balancer.requests]),
            Chart(title="Errors", metrics=[balancer.errors, balancer.target_errors]),
            Chart(
                title="Error rate",
                metrics=[_error_rate(balancer)],
                threshold=source.thresholds and source.thresholds.error_rate_percent,
                unit="%",
            ),
            Chart(title="Response time", metrics=balancer.response_times),
        ],
    )


def _error_rate(balancer: LoadBalancerMetrics) -> Expression:
    parts = [replace(metric, period_s=60 * _MINUTES) for metric in (balancer.errors, balancer.target_errors)]
    whole = replace(balancer.requests, period_s=60 * _MINUTES)
    return share("error rate %", parts, whole, at_least=1)
