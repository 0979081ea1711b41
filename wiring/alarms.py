"""The stack's alarms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pulumi

from components.data.redis_serverless import RedisServerless
from components.data.rotation import RedeployOnRotation
from components.naming import logical_name
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.custom_metrics import CustomMetricAlarms, CustomMetricAlarmsArgs
from components.observability.slow_statements import SlowStatements, SlowStatementsArgs
from components.observability.watch import (
    LoadBalancerAlarms,
    LoadBalancerAlarmsArgs,
    ServiceAlarms,
    ServiceAlarmsArgs,
)
from components.observability.watch_database import DatabaseAlarms, DatabaseAlarmsArgs
from components.observability.watch_distribution import DistributionAlarms, DistributionAlarmsArgs
from components.observability.watch_http_api import HttpApiAlarms, HttpApiAlarmsArgs
from components.observability.watch_queue import QueueAlarms, QueueAlarmsArgs
from components.observability.watch_redis import RedisAlarms, RedisAlarmsArgs
from components.observability.watch_redis_serverless import ServerlessAlarms, ServerlessAlarmsArgs
from components.observability.watch_schedules import ScheduleAlarms, ScheduleAlarmsArgs
from components.values import Metric
from settings import Settings
from wiring.entry import Entry
from wiring.schedules import Schedules
from wiring.site import Site
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["alarms", "custom_alarms", "rotation_alarms", "schedule_alarms", "slow_statements"]


def alarms(
    site: Site,
    settings: Settings,
    stores: Stores,
    entry: Entry,
    services: Services,
    *,
    actions: list[pulumi.Input[str]],
    symptom_actions: list[pulumi.Input[str]],
    slow_statements: Mapping[str, Metric],
) -> list[pulumi.Output[str]]:
    """Alarms for everything that runs; the names of those that tell what users notice."""
    thresholds = settings.observability.alarms
    symptoms: list[pulumi.Output[str]] = []
    if thresholds is None:
        return symptoms
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
        noticed = LoadBalancerAlarms(
            "load-balancer-alarms",
            LoadBalancerAlarmsArgs(
                entry="the load balancer",
                errors=[metrics.errors, metrics.target_errors],
                requests=metrics.requests,
                thresholds=thresholds,
                actions=symptom_actions,
            ),
            opts=site.inherit,
        )
        symptoms += noticed.names
    if entry.http_api is not None:
        felt = HttpApiAlarms(
            "http-api-alarms",
            HttpApiAlarmsArgs(errors=entry.http_api.metrics.errors, thresholds=thresholds, actions=symptom_actions),
            opts=site.inherit,
        )
        symptoms += felt.names
    # An alarm and whom it tells stand in one region.
    if entry.distribution is not None and entry.distribution.metrics.errors.region == site.region:
        errors = entry.distribution.metrics.errors
        seen = DistributionAlarms(
            "distribution-alarms",
            DistributionAlarmsArgs(errors=errors, thresholds=thresholds, actions=symptom_actions),
            opts=site.inherit,
        )
        symptoms += seen.names
    for name, database in stores.postgres.items():
        DatabaseAlarms(
            f"{name}-alarms",
            DatabaseAlarmsArgs(
                database=name,
                cpu=database.metrics.cpu,
                free_storage=database.metrics.free_storage,
                connections=database.metrics.connections,
                slow_statements=slow_statements.get(name),
                thresholds=thresholds,
                actions=actions,
            ),
            opts=site.inherit,
        )
    for name, store in stores.redis.items():
        if isinstance(store, RedisServerless):
            serverless = ServerlessAlarmsArgs(store=name, metrics=store.metrics, thresholds=thresholds, actions=actions)
            ServerlessAlarms(f"{name}-alarms", serverless, opts=site.inherit)
            continue
        RedisAlarms(
            f"{name}-alarms",
            RedisAlarmsArgs(
                store=name,
                cpu=store.metrics.cpu,
                memory=store.metrics.memory,
                evictions=store.metrics.evictions,
                connections=store.metrics.connections,
                thresholds=thresholds,
                actions=actions,
            ),
            opts=site.inherit,
        )
    for name, queue in stores.queues.items():
        QueueAlarms(
            f"{name}-alarms",
            QueueAlarmsArgs(
                queue=name,
                oldest_s=queue.metrics.oldest_s,
                dead_letters=queue.metrics.dead_letters,
                thresholds=thresholds,
                actions=actions,
            ),
            opts=site.inherit,
        )
    return symptoms


def slow_statements(site: Site, settings: Settings, stores: Stores) -> dict[str, Metric]:
    """What databases log of slow statements, as metrics, where an alarm watches them."""
    limits = settings.observability.alarms
    if limits is None or limits.slow_query_ms is None:
        return {}
    return {
        name: SlowStatements(
            f"{name}-slow-statements",
            SlowStatementsArgs(
                database=name,
                log_group_name=database.log_group_name,
                namespace=f"AgentPlatform/{site.stack}",
            ),
            opts=site.inherit,
        ).metric
        for name, database in stores.postgres.items()
    }


def custom_alarms(site: Site, settings: Settings, *, actions: list[pulumi.Input[str]]) -> None:
    """Alarms on the metrics that the applications publish."""
    for namespace, metrics in settings.observability.custom_metrics.items():
        if any(metric.alarm for metric in metrics.metrics.values()):
            CustomMetricAlarms(
                f"{logical_name(namespace)}-alarms",
                CustomMetricAlarmsArgs(namespace=namespace, metrics=metrics, actions=actions),
                opts=site.inherit,
            )


def rotation_alarms(
    site: Site, settings: Settings, rotated: Mapping[str, RedeployOnRotation], *, actions: list[pulumi.Input[str]]
) -> None:
    """Alarms on redeployments that failed after a rotation."""
    if settings.observability.alarms is None:
        return
    for name, redeploy in rotated.items():
        Alarm(
            f"{name}-rotated-alarm",
            AlarmArgs(
                metric=redeploy.failures,
                comparison=">=",
                threshold=1,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The password of {name} was rotated, but a service that reads it could not be redeployed "
                "and can open no new connection. Restart the services that connect to it, then look at the state "
                "machine's last execution.",
                actions=actions,
            ),
            opts=site.inherit,
        )


def schedule_alarms(site: Site, settings: Settings, timed: Schedules, *, actions: list[pulumi.Input[str]]) -> None:
    """Alarms on runs that did not take place."""
    if settings.observability.alarms is None or timed.group is None:
        return
    metrics = timed.group.metrics
    ScheduleAlarms(
        "schedule-alarms",
        ScheduleAlarmsArgs(dropped=metrics.dropped, dead_letters=metrics.dead_letters, actions=actions),
        opts=site.inherit,
    )
