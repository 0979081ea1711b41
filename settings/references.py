"""What a stack output may refer to, worked out from the settings alone."""

from __future__ import annotations

from settings.stack import Settings

__all__ = ["references"]


def references(settings: Settings) -> tuple[str, ...]:
    """Every reference that `outputs` may name for a stack with these settings."""
    found = [
        f"network.{name}"
        for name in ("vpc_id", "public_subnet_ids", "private_subnet_ids", "isolated_subnet_ids")
    ]
    if settings.compute.services:
        found += ["cluster.arn", "cluster.name"]
    if settings.routed:
        found += ["load_balancer.dns_name", "load_balancer.arn"]
    if settings.edge.http_api is not None:
        found.append("http_api.url")
        if settings.edge.http_api.direct:
            found.append("direct.dns_name")
    for name, service in settings.compute.services.items():
        found += [f"service.{name}.name", f"service.{name}.log_group", f"service.{name}.task_definition"]
        if service.route:
            found.append(f"service.{name}.url")
        if service.own_repository:
            found.append(f"repository.{name}.url")
    if any(service.own_repository for service in settings.compute.services.values()):
        found.append("repositories.urls")
    for name, database in settings.data.postgres.items():
        found += [f"postgres.{name}.endpoint", f"postgres.{name}.address", f"postgres.{name}.identifier"]
        if database.credentials != "iam":
            found.append(f"postgres.{name}.secret_arn")
    found += [f"secret.{name}.arn" for name in settings.secret_names]
    found.append("topic.arn")
    if settings.observability.dashboard:
        found.append("dashboard.name")
    return tuple(sorted(found))
