"""Task definitions: what a service or task gets from everything that it connects to."""

from __future__ import annotations

from collections.abc import Sequence

from components.compute.config_files import ConfigFilesArgs
from components.compute.image import pull_permissions
from components.compute.service_url import service_urls
from components.compute.task_definition import TaskDefinitionArgs
from components.observability.custom_metrics import may_publish
from components.values import Injection, Permission
from settings import Settings
from settings.bucket import bucket_variable
from settings.files import content
from settings.tracing import tracing_environment
from settings.workload import Workload
from wiring.images import Image
from wiring.site import Site
from wiring.stores import Stores

__all__ = ["definition"]


def definition(
    site: Site, settings: Settings, stores: Stores, *, kind: str, name: str, workload: Workload, image: Image
) -> TaskDefinitionArgs:
    """The task definition of the service or task (`kind`) called `name`."""
    injections = _injections(settings, stores, workload, proxied=kind == "service")
    files = _files(site, settings, name, workload)
    collector_image = settings.compute.collector_image if workload.traced else None
    secrets = {k: v for i in injections for k, v in i.secrets.items()}
    environment = {**workload.environment, **{k: v for i in injections for k, v in i.environment.items()}}
    if workload.traced:
        told = tracing_environment(name, workload.environment)
        environment = {k: v for k, v in told.items() if k not in secrets} | environment
    return TaskDefinitionArgs(
        settings=workload,
        container_name=name,
        family=site.named("task-family", name),
        image=image.reference,
        region=site.region,
        account_id=site.account_id,
        log_group_name=site.named("log-group", kind, name),
        log_retention_days=settings.observability.log_retention_days,
        log_key_arn=stores.key.arn,
        environment=environment,
        secrets=secrets,
        execution_permissions=[
            *_pulls(site, image, [*([files.image] if files else []), *([collector_image] if collector_image else [])]),
            *(p for i in injections for p in i.execution_permissions),
        ],
        task_permissions=[*_publishing(workload), *(p for i in injections for p in i.task_permissions)],
        mounts=[stores.file_systems[volume.file_system].mount(volume) for volume in workload.volumes],
        files=files,
        collector_image=collector_image,
    )


def _publishing(workload: Workload) -> list[Permission]:
    return [] if workload.publishes is None else [may_publish(workload.publishes)]


def _injections(settings: Settings, stores: Stores, workload: Workload, *, proxied: bool) -> list[Injection]:
    services = settings.compute.services
    # Tasks have no proxy, and with it no other names than those of DNS.
    host = settings.compute.host if proxied else settings.compute.dns_host
    connections = [
        Injection(environment=service_urls(connect, host(connect.to), services[connect.to].listens_on))
        if connect.to in services
        else stores.server(connect.to).injection(connect)
        for connect in workload.connects_to
    ]
    secrets = [
        stores.secrets[secret].injection(env, json_key) for env, (secret, json_key) in workload.secret_refs.items()
    ]
    queues = [
        *(stores.queues[queue].to_consume() for queue in workload.consumes),
        *(stores.queues[queue].to_send() for queue in workload.sends_to),
    ]
    buckets = [
        stores.buckets[name].injection(bucket_variable(name), access) for name, access in workload.buckets.items()
    ]
    return [*connections, *queues, *buckets, *secrets]


def _files(site: Site, settings: Settings, name: str, workload: Workload) -> ConfigFilesArgs | None:
    if not workload.files:
        return None
    return ConfigFilesArgs(
        files={path: content(source) for path, source in workload.files.items()},
        stack=site.stack,
        workload=name,
        image=settings.compute.files_image,
    )


def _pulls(site: Site, image: Image, others: Sequence[str]) -> list[Permission]:
    """What it takes to pull the image and those of its helpers, each permission once."""
    found = list(image.permissions)
    for other in others:
        found += [permission for permission in pull_permissions(other, None, site.partition) if permission not in found]
    return found
