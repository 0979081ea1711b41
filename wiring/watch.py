"""Alarms, their topic, and the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.data.rotation import RedeployOnRotation
from components.edge.route import Route
from components.observability.alarm import Alarm, AlarmArgs, total
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.topic import Topic, TopicArgs
from settings import Settings
from wiring.alarms import alarms, custom_alarms, rotation_alarms
from wiring.entry import Entry
from wiring.rows import rows
from wiring.site import Site
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["Watch", "rollback_alarm", "watch"]


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


def watch(
    site: Site,
    settings: Settings,
    stores: Stores,
    entry: Entry,
    services: Services,
    *,
    rotated: Mapping[str, RedeployOnRotation],
) -> Watch:
    """Topic, alarms for everything that runs, and one dashboard."""
    topic = Topic(
        "alarms",
        TopicArgs(account_id=site.account_id, partition=site.partition, emails=settings.observability.emails),
        opts=site.inherit,
    )
    actions = [topic.arn, *settings.observability.alarm_actions]
    alarms(site, settings, stores, entry, services, actions=actions)
    custom_alarms(site, settings, actions=actions)
    rotation_alarms(site, settings, rotated, actions=actions)
    dashboard = None
    if settings.observability.dashboard:
        dashboard = Dashboard(
            "dashboard",
            DashboardArgs(
                dashboard_name=site.named("dashboard"),
                region=site.region,
                rows=list(rows(settings, stores, entry, services)),
            ),
            opts=site.inherit,
        )
    return Watch(topic=topic, dashboard=dashboard)
