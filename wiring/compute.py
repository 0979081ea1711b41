"""Cluster, services and one-off tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.compute.cloud_map_namespace import CloudMapNamespace, CloudMapNamespaceArgs
from components.compute.cluster import Cluster, ClusterArgs
from components.compute.repository import ImageRepository
from components.compute.service import Service, ServiceArgs
from components.compute.service_connect import ServiceConnectConfig
from components.compute.standalone_task import StandaloneTask, StandaloneTaskArgs
from components.compute.task_definition import TaskDefinitionArgs
from components.data.queue_monitoring import QueueMetrics
from components.edge.route import Route
from components.networking.vpc import Vpc
from components.observability.monitoring import Monitored
from settings import Settings
from settings.observability.alarms import Alarms
from wiring.alarms import build_alarms
from wiring.connections import open_paths
from wiring.context import StackContext
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.images import build_images
from wiring.service_connect import build_service_connect_namespace, deployment_order, service_connect_config
from wiring.task_definitions import definition

__all__ = ["Compute", "build_compute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compute:
    """The cluster and what runs on it."""

    cluster: Cluster | None = None
    services: Mapping[str, Service] = field(default_factory=dict)
    tasks: Mapping[str, StandaloneTask] = field(default_factory=dict)
    repositories: Mapping[str, ImageRepository] = field(default_factory=dict)
    dns_names: Mapping[str, str] = field(default_factory=dict)
    """Names in the private domain, of the services that are registered in it."""

    @property
    def monitored(self) -> Sequence[Monitored]:
        """What is watched, in the order of the dashboard."""
        return list(self.services.values())


def build_compute(ctx: StackContext, settings: Settings, network: Vpc, data: DataStores, edge: Edge) -> Compute:
    """The cluster with all services and tasks; without any of them there is no cluster."""
    compute = settings.compute
    if not compute.workloads:
        return Compute()
    cluster = Cluster(
        "cluster",
        ClusterArgs(insights=compute.insights),
        opts=ctx.opts("compute"),
    )
    images = build_images(ctx, settings, data.key)
    namespace_id = None
    if compute.discovered:
        args = CloudMapNamespaceArgs(domain=compute.domain, vpc_id=network.vpc_id)
        namespace_id = CloudMapNamespace("namespace", args, opts=ctx.opts("compute.domain")).id
    service_connect_namespace = build_service_connect_namespace(ctx, settings)
    services: dict[str, Service] = {}
    for name in deployment_order(compute):
        service, image = compute.services[name], images.services[name]
        task = definition(ctx, settings, data, kind="service", name=name, workload=service, image=image)
        services[name] = _service(
            ctx,
            settings,
            network,
            edge,
            cluster,
            task=task,
            consumed_queues=[data.queues[queue].metrics for queue in service.consumes],
            namespace_id=namespace_id,
            service_connect=service_connect_config(settings, service_connect_namespace, services, name),
        )
    tasks = {}
    for name, standalone in compute.tasks.items():
        image = images.tasks[name]
        task = definition(ctx, settings, data, kind="task", name=name, workload=standalone, image=image)
        tasks[name] = _task(ctx, network, cluster, task)
    _open_paths(ctx, settings, network, data, edge, services=services, tasks=tasks)
    return Compute(
        cluster=cluster,
        services=services,
        tasks=tasks,
        repositories=images.repositories,
        dns_names={name: compute.dns_host(name) for name in compute.discovered},
    )


def _open_paths(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    data: DataStores,
    edge: Edge,
    *,
    services: Mapping[str, Service],
    tasks: Mapping[str, StandaloneTask],
) -> None:
    """The network paths of every service and task."""
    peers = {name: service.peer for name, service in services.items()}
    for name, service in settings.compute.services.items():
        open_paths(
            ctx,
            settings,
            network,
            data,
            peer=peers[name],
            origin=f"compute.services.{name}.connects_to",
            workload=service,
            services=peers,
            clients=edge.clients(name),
        )
    for name, standalone in settings.compute.tasks.items():
        origin = f"compute.tasks.{name}.connects_to"
        open_paths(
            ctx, settings, network, data, peer=tasks[name].peer, origin=origin, workload=standalone, services=peers
        )


def _service(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    edge: Edge,
    cluster: Cluster,
    *,
    task: TaskDefinitionArgs,
    consumed_queues: Sequence[QueueMetrics],
    namespace_id: pulumi.Input[str] | None,
    service_connect: ServiceConnectConfig | None,
) -> Service:
    name = task.container_name
    return Service(
        name,
        ServiceArgs(
            settings=settings.compute.services[name],
            task=task,
            cluster_arn=cluster.arn,
            cluster_name=cluster.name,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            attachments=edge.attachments(name),
            namespace_id=namespace_id,
            service_connect=service_connect,
            consumed_queues=consumed_queues,
            rollback_alarms=_rollback_alarms(settings, edge.routes.get(name)),
            rollback_on_alarms=_rolls_back(settings, name),
            container_insights=settings.compute.insights != "disabled",
            depends_on=[cluster.capacity_providers, *network.private_dependencies],
        ),
        opts=ctx.opts(f"compute.services.{name}"),
    )


def _rolls_back(settings: Settings, name: str) -> bool:
    return settings.observability.alarms is not None and settings.compute.services[name].deploy.rollback_on_alarms


def _rollback_alarms(settings: Settings, route: Route | None) -> Sequence[pulumi.Output[str]]:
    """The alarms on a route, also where they roll nothing back: ECS may still have their names."""
    if route is None:
        return []
    limits = settings.observability.alarms or Alarms()
    return [alarm for alarms in build_alarms([route], limits, actions=()) for alarm in alarms.names]


def _task(ctx: StackContext, network: Vpc, cluster: Cluster, task: TaskDefinitionArgs) -> StandaloneTask:
    return StandaloneTask(
        task.container_name,
        StandaloneTaskArgs(
            task=task,
            cluster_name=cluster.name,
            cluster_arn=cluster.arn,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
        ),
        opts=ctx.opts(f"compute.tasks.{task.container_name}"),
    )
