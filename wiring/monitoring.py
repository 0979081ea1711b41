"""Alarms, their topic, and dashboards, of whatever the stack has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pulumi

from components.data.backup_plan import BackupPlan
from components.data.rotation import RedeployOnRotation
from components.naming import logical_name
from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.composite_alarm import CompositeAlarm, CompositeAlarmArgs
from components.observability.custom_metrics import CustomMetricsMonitoring
from components.observability.dashboard import Dashboard, DashboardArgs, DashboardRow
from components.observability.monitoring import Monitored, Monitoring, Shows
from components.observability.topic import Topic
from settings import Settings
from settings.observability import AREAS, Area
from settings.observability.alarms import Alarms
from wiring.alarms import build_alarms
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.event_notifications import event_notifications
from wiring.schedules import Schedules
from wiring.topic import build_topic

__all__ = ["StackMonitoring", "build_monitoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackMonitoring:
    """The topic, and who is notified of what."""

    topic: Topic
    cause_actions: Sequence[pulumi.Input[str]]
    """ARNs that the alarms on causes notify: with a composite alarm the topic only, not the pager."""
    dashboards: Mapping[str, Dashboard]
    """By the reference of their name."""


def build_monitoring(
    ctx: StackContext,
    settings: Settings,
    data: DataStores,
    edge: Edge,
    compute: Compute,
    *,
    backup_plan: BackupPlan | None,
    rotations: Mapping[str, RedeployOnRotation],
    schedules: Schedules,
) -> StackMonitoring:
    """Topic, alarms on everything that publishes metrics, and dashboards."""
    observability, limits = settings.observability, settings.observability.alarms
    topic = build_topic(ctx, settings)
    actions = [topic.arn, *observability.alarm_actions]
    composite = limits is not None and limits.page == "composite"
    notified: Mapping[Shows, Sequence[pulumi.Input[str]]] = {
        "symptom": [] if composite else actions,
        "cause": [topic.arn] if composite else actions,
        "failure": actions,
    }
    monitored = [*edge.monitored, *compute.monitored, *schedules.monitored, *data.monitored]
    if limits is not None:
        backups = [] if backup_plan is None else [backup_plan]
        symptoms = _alarms([*monitored, *rotations.values(), *backups], limits, notified)
        if composite:
            _composite_alarm(ctx, symptoms, actions)
    custom_metrics = [
        CustomMetricsMonitoring(namespace=namespace, metrics=metrics)
        for namespace, metrics in observability.custom_metrics.items()
    ]
    _custom_alarms(ctx, custom_metrics, actions)
    event_notifications(
        ctx,
        settings,
        topic,
        compute,
        backup_plan=backup_plan,
        other_rotations=[
            secret_arn
            for name, database in data.postgres.items()
            if name not in rotations and (secret_arn := database.rotated_secret_arn) is not None
        ],
    )
    rows = [*custom_metrics, *(component.monitoring for component in monitored)]
    return StackMonitoring(topic=topic, cause_actions=notified["cause"], dashboards=_dashboards(ctx, settings, rows))


def _alarms(
    monitored: Iterable[Monitored], limits: Alarms, notified: Mapping[Shows, Sequence[pulumi.Input[str]]]
) -> list[pulumi.Output[str]]:
    """The alarms of these components; the names of those on symptoms."""
    symptoms: list[pulumi.Output[str]] = []
    for component in monitored:
        shows = component.monitoring.shows
        for alarms in build_alarms([component], limits, notified[shows]):
            symptoms += alarms.names if shows == "symptom" else []
    return symptoms


def _custom_alarms(
    ctx: StackContext, custom_metrics: Iterable[CustomMetricsMonitoring], actions: Sequence[pulumi.Input[str]]
) -> None:
    """Alarms on the metrics that the applications publish, which stay when the stack's own are switched off."""
    for metrics in custom_metrics:
        if metrics.own_alarms:
            AlarmSet(
                f"{logical_name(metrics.namespace)}-alarms",
                AlarmSetArgs(alarms=metrics.own_alarms, actions=actions),
                opts=ctx.opts(f"observability.custom_metrics.{metrics.namespace}"),
            )


def _composite_alarm(
    ctx: StackContext, symptoms: Sequence[pulumi.Input[str]], actions: Sequence[pulumi.Input[str]]
) -> None:
    CompositeAlarm(
        "user-errors",
        CompositeAlarmArgs(
            alarm_name=ctx.physical_name("alarm", "user-errors"),
            symptoms=symptoms,
            description=f"Users of {ctx.stack} get errors. The alarms that are in ALARM say which; the topic's other "
            "messages of the last minutes name the cause, if one is known. If a deployment has just ended, roll it "
            "back first and investigate later.",
            actions=actions,
        ),
        opts=ctx.opts("observability.alarms.page"),
    )


def _dashboards(ctx: StackContext, settings: Settings, monitored: Sequence[Monitoring]) -> dict[str, Dashboard]:
    choice = settings.observability.dashboards
    if choice == "none":
        return {}
    areas: Sequence[Area | None] = AREAS if choice == "areas" else (None,)
    dashboards: dict[str, Dashboard] = {}
    for area in areas:
        parts = () if area is None else (area,)
        selected = [monitoring for monitoring in monitored if area in (None, monitoring.area)]
        dashboards[".".join(("dashboard", *parts))] = Dashboard(
            "-".join(("dashboard", *parts)),
            DashboardArgs(
                dashboard_name=ctx.physical_name("dashboard", *parts),
                region=ctx.account.region,
                rows=list(_rows(selected, settings.observability.alarms)),
            ),
            opts=ctx.opts("observability.dashboards"),
        )
    return dashboards


def _rows(monitored: Iterable[Monitoring], limits: Alarms | None) -> Iterator[DashboardRow]:
    """The rows of each kind, from top to bottom."""
    for kind, same in groupby(monitored, key=type):
        yield from kind.rows(list(same), limits)
