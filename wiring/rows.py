"""The rows of the stack's dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from components.data.redis_metrics import RedisMetrics
from components.observability.custom_metrics import row
from components.observability.dashboard import Chart, Row
from settings import Settings
from settings.observability import Alarms
from wiring.entry import Entry
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["rows"]

_SERVICES_APART, _SERVICES_TOGETHER = 40, 20


def rows(settings: Settings, stores: Stores, entry: Entry, services: Services) -> Iterator[Row]:
    """The rows from top to bottom: the application's own metrics, the way in, services, databases, Redis."""
    thresholds = settings.observability.alarms
    for namespace, metrics in settings.observability.custom_metrics.items():
        yield row(namespace, metrics)
    if entry.http_api is not None:
        api = entry.http_api.metrics
        yield Row(
            title="HTTP API",
            charts=[
                Chart(title="Requests", metrics=[api.requests]),
                Chart(title="Errors", metrics=[api.client_errors, api.errors, api.throttled]),
                Chart(title="Latency", metrics=[api.latency, api.integration_latency]),
            ],
        )
    if entry.load_balancer is not None:
        balancer = entry.load_balancer.metrics
        yield Row(
            title="Load balancer",
            charts=[
                Chart(title="Requests", metrics=[balancer.requests]),
                Chart(title="Errors", metrics=[balancer.errors, balancer.target_errors]),
                Chart(title="Response time", metrics=[balancer.response_time]),
            ],
        )
    yield from _service_rows(services, thresholds)
    for name, database in stores.postgres.items():
        metrics = database.metrics
        yield Row(
            title=f"Database {name}",
            charts=[
                Chart(title="CPU", metrics=[metrics.cpu]),
                Chart(title="Connections", metrics=[metrics.connections]),
                Chart(title="Free storage", metrics=[metrics.free_storage]),
            ],
        )
    for name, store in stores.redis.items():
        yield _redis_row(name, store.metrics, thresholds)


def _redis_row(name: str, metrics: RedisMetrics, thresholds: Alarms | None) -> Row:
    return Row(
        title=f"Redis {name}",
        charts=[
            Chart(title="CPU", metrics=metrics.cpu, threshold=thresholds and thresholds.redis_cpu_percent),
            Chart(title="Memory", metrics=metrics.memory, threshold=thresholds and thresholds.redis_memory_percent),
            Chart(title="Evictions", metrics=metrics.evictions),
            Chart(title="Connections", metrics=metrics.connections),
        ],
    )


def _service_rows(services: Services, thresholds: Alarms | None) -> Iterator[Row]:
    """A row for each service; where there are many, a row for each score, since a dashboard has 500 widgets at most."""
    cpu = thresholds.service_cpu_percent if thresholds else None
    memory = thresholds.service_memory_percent if thresholds else None
    found = list(services.services.items())
    size = 1 if len(found) <= _SERVICES_APART else _SERVICES_TOGETHER
    for first in range(0, len(found), size):
        group = found[first : first + size]
        names = group[0][0] if len(group) == 1 else f"{group[0][0]} to {group[-1][0]}"
        yield Row(
            title=f"Service {names}" if len(group) == 1 else f"Services {names}",
            charts=[
                Chart(title="CPU", metrics=[service.metrics.cpu for _, service in group], threshold=cpu),
                Chart(title="Memory", metrics=[service.metrics.memory for _, service in group], threshold=memory),
            ],
        )
