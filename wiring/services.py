"""Cluster and services, with the network paths and the environment that their connections need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.image import BuiltImage, image_of, pull_permissions
from components.compute.repository import Repository, RepositoryArgs
from components.compute.service import Service, ServiceArgs
from components.compute.task_definition import TaskDefinitionArgs
from components.networking.connection import Connection, ConnectionArgs, Outbound, OutboundArgs
from components.networking.network import Network
from components.observability.alarm import Alarm
from components.observability.custom_metrics import may_publish
from components.values import Endpoint, Injection, Permission
from settings import Settings
from settings import service as service_settings
from wiring.entry import Entry
from wiring.site import Site
from wiring.stores import Stores
from wiring.watch import rollback_alarm

__all__ = ["Services", "services"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The cluster and what runs on it."""

    cluster: Cluster | None = None
    services: Mapping[str, Service]
    repositories: Mapping[str, Repository]


def services(site: Site, settings: Settings, network: Network, stores: Stores, entry: Entry) -> Services:
    """The cluster with all services; without a service there is no cluster."""
    if not settings.compute.services:
        return Services(services={}, repositories={})
    cluster = Cluster("cluster", ClusterArgs(insights=settings.compute.insights), opts=site.inherit)
    repositories = {
        name: Repository(
            f"{name}-repository",
            RepositoryArgs(settings=wanted, repository_name=site.named("ecr", name), protect=site.protect),
            opts=site.inherit,
        )
        for name, service in settings.compute.services.items()
        if (wanted := service.own_repository) is not None
    }
    running = {}
    for name, service in settings.compute.services.items():
        task = _task(site, settings, stores, name=name, repository=repositories.get(name))
        alarm = rollback_alarm(site, settings, name, entry.routes.get(name))
        running[name] = _service(site, network, entry, cluster, task=task, alarm=alarm)
        _paths(site, network, stores, entry, service=service, endpoint=running[name].endpoint)
    return Services(cluster=cluster, services=running, repositories=repositories)


def _task(
    site: Site, settings: Settings, stores: Stores, *, name: str, repository: Repository | None
) -> TaskDefinitionArgs:
    service = settings.compute.services[name]
    built = None
    if service.build is not None and repository is not None:
        built = BuiltImage(f"{name}-image", service, repository, opts=site.inherit)
    injections = _injections(stores, service)
    return TaskDefinitionArgs(
        settings=service,
        container_name=name,
        family=site.named("task-family", name),
        image=image_of(service, repository, built),
        region=site.region,
        account_id=site.account_id,
        log_group_name=site.named("log-group", "service", name),
        log_retention_days=settings.observability.log_retention_days,
        log_key_arn=stores.key.arn,
        environment={**service.environment, **{k: v for i in injections for k, v in i.environment.items()}},
        secrets={k: v for i in injections for k, v in i.secrets.items()},
        execution_permissions=[
            *pull_permissions(service, repository, site.partition),
            *(p for i in injections for p in i.execution_permissions),
        ],
        task_permissions=[*_publishing(service), *(p for i in injections for p in i.task_permissions)],
    )


def _publishing(service: service_settings.Service) -> list[Permission]:
    return [] if service.publishes is None else [may_publish(service.publishes)]


def _injections(stores: Stores, service: service_settings.Service) -> list[Injection]:
    connections = [stores.server(connect.to).injection(connect) for connect in service.connects_to]
    secrets = [
        stores.secrets[secret].injection(env, json_key) for env, (secret, json_key) in service.secret_refs.items()
    ]
    return [*connections, *secrets]


def _service(
    site: Site,
    network: Network,
    entry: Entry,
    cluster: Cluster,
    *,
    task: TaskDefinitionArgs,
    alarm: Alarm | None,
) -> Service:
    name = task.container_name
    return Service(
        name,
        ServiceArgs(
            task=task,
            cluster_arn=cluster.arn,
            cluster_name=cluster.name,
            partition=site.partition,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            attachments=entry.attachments(name),
            rollback_alarms=[alarm.name] if alarm else [],
            wait_for=[cluster.capacity_providers, *network.ways_out],
        ),
        opts=site.inherit,
    )


def _paths(
    site: Site,
    network: Network,
    stores: Stores,
    entry: Entry,
    *,
    service: service_settings.Service,
    endpoint: Endpoint,
) -> None:
    """Open exactly the paths of one service: from the load balancer, to its connections, and out."""

    def connect(client: Endpoint, server: Endpoint) -> None:
        label = f"{client.name}-to-{server.name}".lower().replace(" ", "-")
        Connection(label, ConnectionArgs(client=client, server=server), opts=site.inherit)

    name = endpoint.name
    for client in entry.clients(name):
        connect(client, endpoint)
    for connection in service.connects_to:
        connect(endpoint, stores.server(connection.to).endpoint)
    if network.endpoints is not None:
        connect(endpoint, network.endpoints)
    if network.ways_out:
        outbound = OutboundArgs(client=endpoint, target="the internet", cidr="0.0.0.0/0")
        Outbound(f"{name}-to-internet", outbound, opts=site.inherit)
    else:
        outbound = OutboundArgs(client=endpoint, target="S3", prefix_list_id=network.s3_prefix_list_id)
        Outbound(f"{name}-to-s3", outbound, opts=site.inherit)
