"""Alarms, their topic, and dashboards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.data.rotation import RedeployOnRotation
from components.edge.route import Route
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.expression import total
from components.observability.page import Page, PageArgs
from components.observability.topic import Topic, TopicArgs
from settings import Settings
from settings.observability import AREAS, Area
from wiring.alarms import alarms, custom_alarms, rotation_alarms, schedule_alarms, slow_statements
from wiring.entry import Entry
from wiring.notices import notices
from wiring.rows import rows
from wiring.schedules import Schedules
from wiring.site import Site
from wiring.stores import Stores
from wiring.view import View

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["Watch", "rollback_alarm", "watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The stack's eyes."""

    topic: Topic
    causes: Sequence[pulumi.Input[str]]
    """ARNs that alarms notify which nobody is to be woken up for."""
    dashboards: Mapping[str, Dashboard]
    """By the reference of their name."""


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
    timed: Schedules,
) -> Watch:
    """Topic, alarms for everything that runs, and dashboards."""
    topic = Topic(
        "alarms",
        TopicArgs(
            account_id=site.account_id,
            partition=site.partition,
            display_name=site.named("topic-display", "alarms"),
            emails=settings.observability.emails,
        ),
        opts=site.inherit,
    )
    actions = [topic.arn, *settings.observability.alarm_actions]
    slow = slow_statements(site, settings, stores)
    one_page = settings.observability.alarms is not None and settings.observability.alarms.page == "composite"
    causes: list[pulumi.Input[str]] = [topic.arn] if one_page else actions
    symptoms = alarms(
        site,
        settings,
        stores,
        entry,
        services,
        actions=causes,
        symptom_actions=[] if one_page else actions,
        slow_statements=slow,
    )
    if one_page:
        _page(site, symptoms, actions)
    custom_alarms(site, settings, actions=actions)
    rotation_alarms(site, settings, rotated, actions=actions)
    notices(site, settings, topic, services)
    schedule_alarms(site, settings, timed, actions=actions)
    view = View(settings=settings, stores=stores, entry=entry, services=services, timed=timed, slow_statements=slow)
    return Watch(topic=topic, causes=causes, dashboards=_dashboards(site, view))


def _page(site: Site, symptoms: Sequence[pulumi.Input[str]], actions: Sequence[pulumi.Input[str]]) -> None:
    Page(
        "users-hurt",
        PageArgs(
            alarm_name=site.named("alarm", "users-hurt"),
            symptoms=symptoms,
            description=f"Users of {site.stack} get errors. The alarms that made this one go off say which; the "
            "topic's other messages of the last minutes name the cause, if one is known. If a deployment has just "
            "ended, roll it back first and look later.",
            actions=actions,
        ),
        opts=site.inherit,
    )


def _dashboards(site: Site, view: View) -> dict[str, Dashboard]:
    wanted = view.settings.observability.dashboards
    if wanted == "none":
        return {}
    areas: Sequence[Area | None] = AREAS if wanted == "areas" else (None,)
    found: dict[str, Dashboard] = {}
    for area in areas:
        parts = () if area is None else (area,)
        found[".".join(("dashboard", *parts))] = Dashboard(
            "-".join(("dashboard", *parts)),
            DashboardArgs(
                dashboard_name=site.named("dashboard", *parts), region=site.region, rows=list(rows(view, area))
            ),
            opts=site.inherit,
        )
    return found
