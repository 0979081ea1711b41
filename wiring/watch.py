"""Alarms, their topic, and the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.edge.route import Route
from components.observability.alarm import Alarm, AlarmArgs, total
from components.observability.dashboard import Chart, Dashboard, DashboardArgs, Row
from components.observability.topic import Topic, TopicArgs
from components.observability.watch import (
    DatabaseAlarms,
    DatabaseAlarmsArgs,
    LoadBalancerAlarms,
    LoadBalancerAlarmsArgs,
    ServiceAlarms,
    ServiceAlarmsArgs,
)
from settings import Settings
from settings.observability import Alarms
from wiring.entry import Entry
from wiring.site import Site
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["Watch", "rollback_alarm", "watch"]

_SERVICES_APART, _SERVICES_TOGETHER = 40, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The stack's eyes."""

    topic: Topic
    dashboard: Dashboard | None


def rollback_alarm(site: Site, settings: Settings, name: str, route: Route | None) -> Alarm | None:
    """The alarm that rolls a service's deployment back: errors behind its route, in both of its target groups."""
    alarms = settings.observability.alarms
    if route is None or alarms is None or not settings.compute.services[name].deploy.rollback_on_alarms:
        return None
    return Alarm(
        f"{name}-rollback",
        AlarmArgs(
            metric=total(f"{name} 5xx", route.metrics.errors),
            comparison=">=",
            threshold=alarms.load_balancer_5xx,
            minutes=1,
            treat_missing="notBreaching",
            description=f"{name} answers with errors; a running deployment is rolled back. Read its log first.",
        ),
        opts=site.inherit,
    )


def watch(site: Site, settings: Settings, stores: Stores, entry: Entry, services: Services) -> Watch:
    """Topic, alarms for everything that runs, and one dashboard."""
    topic = Topic(
        "alarms",
        TopicArgs(account_id=site.account_id, partition=site.partition, emails=settings.observability.emails),
        opts=site.inherit,
    )
    _alarms(site, settings, stores, entry, services, actions=[topic.arn, *settings.observability.alarm_actions])
    dashboard = None
    if settings.observability.dashboard:
        dashboard = Dashboard(
            "dashboard",
            DashboardArgs(
                dashboard_name=site.named("dashboard"),
                region=site.region,
                rows=list(_rows(settings, stores, entry, services)),
            ),
            opts=site.inherit,
        )
    return Watch(topic=topic, dashboard=dashboard)


def _alarms(
    site: Site,
    settings: Settings,
    stores: Stores,
    entry: Entry,
    services: Services,
    *,
    actions: list[pulumi.Input[str]],
) -> None:
    thresholds = settings.observability.alarms
    if thresholds is None:
        return
    for name, service in services.services.items():
        args = ServiceAlarmsArgs(
            service=name,
            cpu=service.metrics.cpu,
            memory=service.metrics.memory,
            thresholds=thresholds,
            actions=actions,
        )
        ServiceAlarms(f"{name}-alarms", args, opts=site.inherit)
    if entry.load_balancer is not None:
        metrics = entry.load_balancer.metrics
        LoadBalancerAlarms(
            "load-balancer-alarms",
            LoadBalancerAlarmsArgs(
                entry="the load balancer",
                errors=[metrics.errors, metrics.target_errors],
                thresholds=thresholds,
                actions=actions,
            ),
            opts=site.inherit,
        )
    for name, database in stores.postgres.items():
        DatabaseAlarms(
            f"{name}-alarms",
            DatabaseAlarmsArgs(
                database=name,
                cpu=database.metrics.cpu,
                free_storage=database.metrics.free_storage,
                thresholds=thresholds,
                actions=actions,
            ),
            opts=site.inherit,
        )


def _rows(settings: Settings, stores: Stores, entry: Entry, services: Services) -> Iterator[Row]:
    thresholds = settings.observability.alarms
    if entry.http_api is not None:
        api = entry.http_api.metrics
        yield Row(
            title="HTTP API",
            charts=[
                Chart(title="Requests", metrics=[api.requests]),
                Chart(title="Errors", metrics=[api.client_errors, api.errors]),
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
