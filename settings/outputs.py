"""What a stack output may refer to, computed from the settings alone."""

from __future__ import annotations

from collections.abc import Iterator

from settings.observability import AREAS
from settings.stack import Settings

__all__ = ["references"]


def references(settings: Settings) -> tuple[str, ...]:
    """Every reference that `outputs` may name for a stack with these settings."""
    areas = (_entry, _amplify, _services, _tasks, _schedules, _data, _watch)
    return tuple(sorted([*_NETWORK, *(reference for area in areas for reference in area(settings))]))


_NETWORK = tuple(
    f"network.{name}" for name in ("vpc_id", "public_subnet_ids", "private_subnet_ids", "isolated_subnet_ids")
)


def _entry(settings: Settings) -> Iterator[str]:
    if settings.routed:
        yield from ("load_balancer.dns_name", "load_balancer.arn")
        if settings.edge.web_acl is not None:
            yield "web_acl.arn"
    if settings.edge.distribution is not None:
        yield from ("distribution.id", "distribution.domain_name", "distribution.url")
        if settings.edge.distribution.web_acl is not None:
            yield "web_acl.arn"
    if settings.edge.http_api is not None:
        yield "http_api.url"
        if settings.edge.http_api.direct:
            yield "direct.dns_name"


def _amplify(settings: Settings) -> Iterator[str]:
    app = settings.edge.amplify
    if app is None:
        return
    yield from ("amplify.app_id", "amplify.url")
    yield from (f"amplify.branch.{name}.url" for name in app.branches)
    if app.basic_auth is not None:
        yield "amplify.basic_auth_secret_arn"


def _services(settings: Settings) -> Iterator[str]:
    services = settings.compute.services
    if services or settings.compute.tasks:
        yield from ("cluster.arn", "cluster.name")
    if any(service.own_repository for service in services.values()):
        yield "repositories.urls"
    for name, service in services.items():
        yield from (f"service.{name}.name", f"service.{name}.log_group", f"service.{name}.task_definition")
        if service.route:
            yield f"service.{name}.url"
        if service.registered:
            yield from (f"service.{name}.dns_name", f"service.{name}.security_group_id")
        if service.own_repository:
            yield f"repository.{name}.url"


def _tasks(settings: Settings) -> Iterator[str]:
    for name in settings.compute.tasks:
        for what in ("run", "family", "task_definition", "log_group", "security_group_id"):
            yield f"task.{name}.{what}"


def _schedules(settings: Settings) -> Iterator[str]:
    if settings.compute.schedules:
        yield from ("schedules.group", "schedules.dead_letter_url")
    for name in settings.compute.schedules:
        yield from (f"schedule.{name}.name", f"schedule.{name}.arn")


def _data(settings: Settings) -> Iterator[str]:
    for name, database in settings.data.postgres.items():
        yield from (f"postgres.{name}.endpoint", f"postgres.{name}.address", f"postgres.{name}.identifier")
        if database.credentials != "iam":
            yield f"postgres.{name}.secret_arn"
        if database.proxy is not None:
            yield f"postgres.{name}.proxy_endpoint"
    for name in settings.data.redis:
        for what in ("endpoint", "address", "identifier", "secret_arn"):
            yield f"redis.{name}.{what}"
    yield from _backup(settings)
    for name in settings.data.file_systems:
        yield from (f"file_system.{name}.id", f"file_system.{name}.arn")
    for name in settings.data.buckets:
        yield from (f"bucket.{name}.name", f"bucket.{name}.arn")
    for name in settings.data.queues:
        yield from (f"queue.{name}.url", f"queue.{name}.arn", f"queue.{name}.dead_letter_url")
    yield from (f"secret.{name}.arn" for name in settings.secret_names)


def _backup(settings: Settings) -> Iterator[str]:
    backup = settings.data.backup
    if backup is not None:
        yield "backup.vault_name"
        if backup.copy_to is not None:
            yield "backup.copy_vault_arn"


def _watch(settings: Settings) -> Iterator[str]:
    yield "topic.arn"
    dashboards = settings.observability.dashboards
    if dashboards == "stack":
        yield "dashboard.name"
    if dashboards == "areas":
        yield from (f"dashboard.{area}.name" for area in AREAS)
