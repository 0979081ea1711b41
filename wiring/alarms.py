"""The stack's alarms."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.data.redis_serverless import RedisServerless
from components.data.rotation import RedeployOnRotation
from components.naming import logical_name
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.custom_metrics import CustomMetricAlarms, CustomMetricAlarmsArgs
from components.observability.database_alarms import DatabaseAlarms, DatabaseAlarmsArgs
from components.observability.distribution_alarms import DistributionAlarms, DistributionAlarmsArgs
from components.observability.http_api_alarms import HttpApiAlarms, HttpApiAlarmsArgs
from components.observability.queue_alarms import QueueAlarms, QueueAlarmsArgs
from components.observability.redis_alarms import RedisAlarms, RedisAlarmsArgs
from components.observability.redis_serverless_alarms import ServerlessAlarms, ServerlessAlarmsArgs
from components.observability.schedule_alarms import ScheduleAlarms, ScheduleAlarmsArgs
from components.observability.service_alarms import (
    LoadBalancerAlarms,
    LoadBalancerAlarmsArgs,
    ServiceAlarms,
    ServiceAlarmsArgs,
)
from components.observability.slow_statements import SlowStatements, SlowStatementsArgs
from components.values import Metric
from settings import Settings
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.schedules import Schedules

__all__ = ["alarms", "custom_alarms", "rotation_alarms", "schedule_alarms", "slow_statements"]


def alarms(
    ctx: StackContext,
    settings: Settings,
    data: DataStores,
    edge: Edge,
    compute: Compute,
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
    for name, service in compute.services.items():
        args = ServiceAlarmsArgs(
            service=name,
            cpu=service.metrics.cpu,
            memory=service.metrics.memory,
            thresholds=thresholds,
            actions=actions,
        )
        ServiceAlarms(f"{name}-alarms", args, opts=ctx.opts(f"compute.services.{name}"))
    if edge.load_balancer is not None:
        metrics = edge.load_balancer.metrics
        noticed = LoadBalancerAlarms(
            "load-balancer-alarms",
            LoadBalancerAlarmsArgs(
                entry="the load balancer",
                errors=[metrics.errors, metrics.target_errors],
                requests=metrics.requests,
                thresholds=thresholds,
                actions=symptom_actions,
            ),
            opts=ctx.opts("edge.load_balancer"),
        )
        symptoms += noticed.names
    if edge.http_api is not None:
        felt = HttpApiAlarms(
            "http-api-alarms",
            HttpApiAlarmsArgs(errors=edge.http_api.metrics.errors, thresholds=thresholds, actions=symptom_actions),
            opts=ctx.opts("edge.http_api"),
        )
        symptoms += felt.names
    # An alarm and whom it tells stand in one region.
    if edge.distribution is not None and edge.distribution.metrics.errors.region == ctx.account.region:
        errors = edge.distribution.metrics.errors
        seen = DistributionAlarms(
            "distribution-alarms",
            DistributionAlarmsArgs(errors=errors, thresholds=thresholds, actions=symptom_actions),
            opts=ctx.opts("edge.distribution"),
        )
        symptoms += seen.names
    for name, database in data.postgres.items():
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
            opts=ctx.opts(f"data.postgres.{name}"),
        )
    for name, store in data.redis.items():
        if isinstance(store, RedisServerless):
            serverless = ServerlessAlarmsArgs(store=name, metrics=store.metrics, thresholds=thresholds, actions=actions)
            ServerlessAlarms(f"{name}-alarms", serverless, opts=ctx.opts(f"data.redis.{name}"))
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
            opts=ctx.opts(f"data.redis.{name}"),
        )
    for name, queue in data.queues.items():
        QueueAlarms(
            f"{name}-alarms",
            QueueAlarmsArgs(
                queue=name,
                oldest_s=queue.metrics.oldest_s,
                dead_letters=queue.metrics.dead_letters,
                thresholds=thresholds,
                actions=actions,
            ),
            opts=ctx.opts(f"data.queues.{name}"),
        )
    return symptoms


def slow_statements(ctx: StackContext, settings: Settings, data: DataStores) -> dict[str, Metric]:
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
                namespace=f"AgentPlatform/{ctx.stack}",
            ),
            opts=ctx.opts(f"data.postgres.{name}"),
        ).metric
        for name, database in data.postgres.items()
    }


def custom_alarms(ctx: StackContext, settings: Settings, *, actions: list[pulumi.Input[str]]) -> None:
    """Alarms on the metrics that the applications publish."""
    for namespace, metrics in settings.observability.custom_metrics.items():
        if any(metric.alarm for metric in metrics.metrics.values()):
            CustomMetricAlarms(
                f"{logical_name(namespace)}-alarms",
                CustomMetricAlarmsArgs(namespace=namespace, metrics=metrics, actions=actions),
                opts=ctx.opts(f"observability.custom_metrics.{namespace}"),
            )


def rotation_alarms(
    ctx: StackContext,
    settings: Settings,
    rotations: Mapping[str, RedeployOnRotation],
    *,
    actions: list[pulumi.Input[str]],
) -> None:
    """Alarms on redeployments that failed after a rotation."""
    if settings.observability.alarms is None:
        return
    for name, redeploy in rotations.items():
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
            opts=ctx.opts(f"data.postgres.{name}"),
        )


def schedule_alarms(
    ctx: StackContext, settings: Settings, schedules: Schedules, *, actions: list[pulumi.Input[str]]
) -> None:
    """Alarms on runs that did not take place."""
    if settings.observability.alarms is None or schedules.group is None:
        return
    metrics = schedules.group.metrics
    ScheduleAlarms(
        "schedule-alarms",
        ScheduleAlarmsArgs(dropped=metrics.dropped, dead_letters=metrics.dead_letters, actions=actions),
        opts=ctx.opts("compute.schedules"),
    )
