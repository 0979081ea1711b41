"""Task definitions: what a service or task gets from everything that it connects to."""

from __future__ import annotations

from collections.abc import Sequence

from components.compute.config_files import ConfigFilesArgs
from components.compute.image import pull_permissions
from components.compute.service_url import service_urls
from components.compute.task_definition import TaskDefinitionArgs
from components.observability.custom_metrics import publish_permission
from components.values import Injection, Permission
from settings import Settings
from settings.compute.tracing import tracing_environment
from settings.compute.workload import Workload
from settings.files import content
from settings.targets import ServiceTarget
from wiring.context import StackContext
from wiring.data import DataStores
from wiring.images import Image

__all__ = ["definition"]


def definition(
    ctx: StackContext, settings: Settings, data: DataStores, *, kind: str, name: str, workload: Workload, image: Image
) -> TaskDefinitionArgs:
    """The task definition of the service or task (`kind`) called `name`."""
    injections = _injections(settings, data, workload, proxied=kind == "service")
    files = _files(ctx, settings, name, workload)
    collector_image = settings.compute.collector_image if workload.traced else None
    secrets = {k: v for i in injections for k, v in i.secrets.items()}
    environment = {**workload.environment, **{k: v for i in injections for k, v in i.environment.items()}}
    if workload.traced:
        tracing = tracing_environment(name, workload.environment)
        environment = {k: v for k, v in tracing.items() if k not in secrets} | environment
    return TaskDefinitionArgs(
        settings=workload,
        container_name=name,
        family=ctx.physical_name("task-family", name),
        image=image.reference,
        account=ctx.account,
        log_group_name=ctx.physical_name("log-group", kind, name),
        log_retention_days=settings.observability.log_retention_days,
        log_key_arn=data.key.arn,
        environment=environment,
        secrets=secrets,
        execution_permissions=[
            *_pulls(ctx, image, [*([files.image] if files else []), *([collector_image] if collector_image else [])]),
            *(p for i in injections for p in i.execution_permissions),
        ],
        task_permissions=[*_publishing(workload), *(p for i in injections for p in i.task_permissions)],
        mounts=[data.file_systems[volume.file_system].mount(volume) for volume in workload.volumes],
        files=files,
        collector_image=collector_image,
    )


def _publishing(workload: Workload) -> list[Permission]:
    return [] if workload.publishes is None else [publish_permission(workload.publishes)]


def _injections(settings: Settings, data: DataStores, workload: Workload, *, proxied: bool) -> list[Injection]:
    # Tasks have no proxy, and with it no other names than those of DNS.
    host = settings.compute.host if proxied else settings.compute.dns_host
    connections = [
        Injection(environment=service_urls(connect, host(target.name), target.settings.listens_on))
        if isinstance(target, ServiceTarget)
        else data.server(target).injection(connect)
        for connect, target in settings.connections(workload)
    ]
    secrets = [
        data.secrets[secret].injection(env, json_key) for env, (secret, json_key) in workload.secret_refs.items()
    ]
    stores = [data.stores[use.kind][use.name].injection(use.variable, use.access) for use in workload.uses]
    return [*connections, *stores, *secrets]


def _files(ctx: StackContext, settings: Settings, name: str, workload: Workload) -> ConfigFilesArgs | None:
    if not workload.files:
        return None
    return ConfigFilesArgs(
        files={path: content(source) for path, source in workload.files.items()},
        stack=ctx.stack,
        workload=name,
        image=settings.compute.files_image,
    )


def _pulls(ctx: StackContext, image: Image, others: Sequence[str]) -> list[Permission]:
    """What it takes to pull the image and those of its helpers, each permission once."""
    permissions = list(image.permissions)
    for other in others:
        permissions += [
            permission for permission in pull_permissions(other, None, ctx.account) if permission not in permissions
        ]
    return permissions
