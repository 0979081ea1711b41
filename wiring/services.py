"""Cluster, services and one-off tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.namespace import Namespace, NamespaceArgs
from components.compute.one_off_task import OneOffTask, OneOffTaskArgs
from components.compute.repository import ImageRepository
from components.compute.service import Service, ServiceArgs
from components.compute.service_connect import Connected
from components.compute.task_definition import TaskDefinitionArgs
from components.data.queue_metrics import QueueMetrics
from components.networking.vpc import Vpc
from settings import Settings
from wiring.definitions import definition
from wiring.entry import Entry
from wiring.images import images
from wiring.mesh import connected, in_order, mesh
from wiring.paths import open_paths
from wiring.site import Site
from wiring.stores import Stores
from wiring.watch import rollback_alarm

__all__ = ["Services", "services"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The cluster and what runs on it."""

    cluster: Cluster | None = None
    services: Mapping[str, Service] = field(default_factory=dict)
    tasks: Mapping[str, OneOffTask] = field(default_factory=dict)
    repositories: Mapping[str, ImageRepository] = field(default_factory=dict)
    dns_names: Mapping[str, str] = field(default_factory=dict)
    """Names in the private domain, of the services that are registered in it."""


def services(site: Site, settings: Settings, network: Vpc, stores: Stores, entry: Entry) -> Services:
    """The cluster with all services and tasks; without any of them there is no cluster."""
    compute = settings.compute
    if not compute.workloads:
        return Services()
    cluster = Cluster("cluster", ClusterArgs(insights=compute.insights), opts=site.inherit)
    found = images(site, settings)
    namespace_id = None
    if compute.discovered:
        args = NamespaceArgs(domain=compute.domain, vpc_id=network.vpc_id)
        namespace_id = Namespace("namespace", args, opts=site.inherit).id
    namespace = mesh(site, settings)
    running: dict[str, Service] = {}
    for name in in_order(compute):
        service, image = compute.services[name], found.services[name]
        task = definition(site, settings, stores, kind="service", name=name, workload=service, image=image)
        running[name] = _service(
            site,
            settings,
            network,
            entry,
            cluster,
            task=task,
            consumed=[stores.queues[queue].metrics for queue in service.consumes],
            namespace_id=namespace_id,
            place=connected(settings, namespace, running, name),
        )
    tasks = {}
    for name, one_off in compute.tasks.items():
        image = found.tasks[name]
        task = definition(site, settings, stores, kind="task", name=name, workload=one_off, image=image)
        tasks[name] = _task(site, network, cluster, task)
    endpoints = {name: service.endpoint for name, service in running.items()}
    for name, service in compute.services.items():
        open_paths(
            site,
            network,
            stores,
            endpoint=endpoints[name],
            workload=service,
            services=endpoints,
            clients=entry.clients(name),
        )
    for name, one_off in compute.tasks.items():
        open_paths(site, network, stores, endpoint=tasks[name].endpoint, workload=one_off, services=endpoints)
    return Services(
        cluster=cluster,
        services=running,
        tasks=tasks,
        repositories=found.repositories,
        dns_names={name: compute.dns_host(name) for name in compute.discovered},
    )


def _service(
    site: Site,
    settings: Settings,
    network: Vpc,
    entry: Entry,
    cluster: Cluster,
    *,
    task: TaskDefinitionArgs,
    consumed: Sequence[QueueMetrics],
    namespace_id: pulumi.Input[str] | None,
    place: Connected | None,
) -> Service:
    name = task.container_name
    alarm = rollback_alarm(site, settings, name, entry.routes.get(name))
    return Service(
        name,
        ServiceArgs(
            settings=settings.compute.services[name],
            task=task,
            cluster_arn=cluster.arn,
            cluster_name=cluster.name,
            partition=site.partition,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            attachments=entry.attachments(name),
            namespace_id=namespace_id,
            connected=place,
            consumed=consumed,
            rollback_alarms=[alarm.name] if alarm else [],
            wait_for=[cluster.capacity_providers, *network.private_ready],
        ),
        opts=site.inherit,
    )


def _task(site: Site, network: Vpc, cluster: Cluster, task: TaskDefinitionArgs) -> OneOffTask:
    return OneOffTask(
        task.container_name,
        OneOffTaskArgs(
            task=task,
            cluster_name=cluster.name,
            cluster_arn=cluster.arn,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
        ),
        opts=site.inherit,
    )
