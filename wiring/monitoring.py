"""Alarms, their topic, and dashboards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.data.rotation import RedeployOnRotation
from components.observability.composite_alarm import CompositeAlarm, CompositeAlarmArgs
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.topic import Topic, TopicArgs
from settings import Settings
from settings.observability import AREAS, Area
from wiring.alarms import alarms, custom_alarms, rotation_alarms, schedule_alarms, slow_statements
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.dashboard_rows import rows
from wiring.dashboard_source import DashboardSource
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.event_notifications import event_notifications
from wiring.schedules import Schedules

__all__ = ["Monitoring", "build_monitoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """The stack's eyes."""

    topic: Topic
    causes: Sequence[pulumi.Input[str]]
    """ARNs that alarms notify which nobody is to be woken up for."""
    dashboards: Mapping[str, Dashboard]
    """By the reference of their name."""


def build_monitoring(
    ctx: StackContext,
    settings: Settings,
    data: DataStores,
    edge: Edge,
    compute: Compute,
    *,
    rotations: Mapping[str, RedeployOnRotation],
    schedules: Schedules,
) -> Monitoring:
    """Topic, alarms for everything that runs, and dashboards."""
    topic = Topic(
        "alarms",
        TopicArgs(
            account=ctx.account,
            display_name=ctx.physical_name("topic-display", "alarms"),
            emails=settings.observability.emails,
        ),
        opts=ctx.opts("observability"),
    )
    actions = [topic.arn, *settings.observability.alarm_actions]
    slow = slow_statements(ctx, settings, data)
    one_page = settings.observability.alarms is not None and settings.observability.alarms.page == "composite"
    causes: list[pulumi.Input[str]] = [topic.arn] if one_page else actions
    symptoms = alarms(
        ctx,
        settings,
        data,
        edge,
        compute,
        actions=causes,
        symptom_actions=[] if one_page else actions,
        slow_statements=slow,
    )
    if one_page:
        _page(ctx, symptoms, actions)
    custom_alarms(ctx, settings, actions=actions)
    rotation_alarms(ctx, settings, rotations, actions=actions)
    event_notifications(ctx, settings, topic, compute)
    schedule_alarms(ctx, settings, schedules, actions=actions)
    source = DashboardSource(
        settings=settings, data=data, edge=edge, compute=compute, schedules=schedules, slow_statements=slow
    )
    return Monitoring(topic=topic, causes=causes, dashboards=_dashboards(ctx, source))


def _page(ctx: StackContext, symptoms: Sequence[pulumi.Input[str]], actions: Sequence[pulumi.Input[str]]) -> None:
    CompositeAlarm(
        "users-hurt",
        CompositeAlarmArgs(
            alarm_name=ctx.physical_name("alarm", "users-hurt"),
            symptoms=symptoms,
            description=f"Users of {ctx.stack} get errors. The alarms that made this one go off say which; the "
            "topic's other messages of the last minutes name the cause, if one is known. If a deployment has just "
            "ended, roll it back first and look later.",
            actions=actions,
        ),
        opts=ctx.opts("observability.alarms.page"),
    )


def _dashboards(ctx: StackContext, source: DashboardSource) -> dict[str, Dashboard]:
    wanted = source.settings.observability.dashboards
    if wanted == "none":
        return {}
    areas: Sequence[Area | None] = AREAS if wanted == "areas" else (None,)
    found: dict[str, Dashboard] = {}
    for area in areas:
        parts = () if area is None else (area,)
        found[".".join(("dashboard", *parts))] = Dashboard(
            "-".join(("dashboard", *parts)),
            DashboardArgs(
                dashboard_name=ctx.physical_name("dashboard", *parts),
                region=ctx.account.region,
                rows=list(rows(source, area)),
            ),
            opts=ctx.opts("observability.dashboards"),
        )
    return found
