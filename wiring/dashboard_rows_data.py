"""What is kept: databases, Redis stores, buckets, queues."""

from __future__ import annotations

from collections.abc import Iterator

from components.data.redis_metrics import ServerlessMetrics
from components.data.redis_serverless import RedisServerless
from components.observability.dashboard import Chart, DashboardRow
from settings.observability import Alarms
from wiring.dashboard_source import DashboardSource

__all__ = ["buckets", "databases", "queues", "redis"]

_GIB = 1024**3
# S3 measures what it stores once a day.
_STORAGE_DAYS = 30


def databases(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each database."""
    limits = source.thresholds
    for name, database in source.data.postgres.items():
        metrics = database.metrics
        charts = [
            Chart(title="CPU", metrics=[metrics.cpu], threshold=limits and limits.database_cpu_percent),
            Chart(title="Connections", metrics=[metrics.connections], threshold=limits and limits.database_connections),
            Chart(title="Latency", metrics=[metrics.read_latency, metrics.write_latency]),
            Chart(
                title="Free storage",
                metrics=[metrics.free_storage],
                threshold=limits and limits.database_free_storage_gb * _GIB,
            ),
        ]
        if source.settings.data.postgres[name].performance_insights:
            charts.append(Chart(title="Load", metrics=metrics.load))
        if name in source.slow_statements:
            slow = limits and limits.slow_query_ms
            charts.append(Chart(title="Slow statements", metrics=[source.slow_statements[name]], threshold=slow))
        yield DashboardRow(title=f"Database {name}", charts=charts)


def redis(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each Redis store."""
    limits = source.thresholds
    for name, store in source.data.redis.items():
        if isinstance(store, RedisServerless):
            yield _serverless(name, store.metrics, limits)
            continue
        metrics = store.metrics
        yield DashboardRow(
            title=f"Redis {name}",
            charts=[
                Chart(title="CPU", metrics=metrics.cpu, threshold=limits and limits.redis_cpu_percent),
                Chart(title="Memory", metrics=metrics.memory, threshold=limits and limits.redis_memory_percent),
                Chart(title="Evictions", metrics=metrics.evictions),
                Chart(title="Connections", metrics=metrics.connections, threshold=limits and limits.redis_connections),
            ],
        )


def _serverless(name: str, metrics: ServerlessMetrics, limits: Alarms | None) -> DashboardRow:
    full, busy = metrics.max_bytes / 100, metrics.max_units_per_s * metrics.units.period_s / 100
    return DashboardRow(
        title=f"Redis {name}",
        charts=[
            Chart(
                title="Processing units", metrics=[metrics.units], threshold=limits and busy * limits.redis_cpu_percent
            ),
            Chart(title="Data", metrics=[metrics.data], threshold=limits and full * limits.redis_memory_percent),
            Chart(title="Throttled and evictions", metrics=[metrics.throttled, metrics.evictions]),
            Chart(title="Connections", metrics=[metrics.connections], threshold=limits and limits.redis_connections),
        ],
    )


def buckets(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each bucket."""
    for name, bucket in source.data.buckets.items():
        metrics = bucket.metrics
        yield DashboardRow(
            title=f"Bucket {name}",
            charts=[
                Chart(title="Size", metrics=metrics.size, unit="bytes", days=_STORAGE_DAYS),
                Chart(title="Objects", metrics=[metrics.objects], days=_STORAGE_DAYS),
            ],
        )


def queues(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each queue."""
    limits = source.thresholds
    for name, queue in source.data.queues.items():
        metrics = queue.metrics
        yield DashboardRow(
            title=f"Queue {name}",
            charts=[
                Chart(title="Waiting", metrics=[metrics.visible]),
                Chart(title="In work", metrics=[metrics.in_flight]),
                Chart(
                    title="Age of the oldest",
                    metrics=[metrics.oldest_s],
                    threshold=limits and limits.queue_age_s,
                    unit="s",
                ),
                Chart(
                    title="Dead letters",
                    metrics=[metrics.dead_letters],
                    threshold=limits and limits.queue_dead_letters,
                ),
            ],
        )
