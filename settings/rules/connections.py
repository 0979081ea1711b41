"""What services reach, and the way there."""

from __future__ import annotations

from collections.abc import Iterator

from settings.faults import nearest
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.service import Service
from settings.stack import Settings


@reads("compute", "data")
def _connections(settings: Settings) -> Iterator[Fault]:
    targets = list(settings.data.postgres)
    for name, service in settings.compute.services.items():
        alike = [
            c.to
            for c in service.connects_to
            if c.to in targets and settings.data.postgres[c.to].credentials != "generated"
        ]
        if len(alike) > 1:
            yield Fault(
                service_key(name, "connects_to"),
                f"{' and '.join(alike)} both need PGHOST, PGUSER and so on, which "
                "hold one database; set credentials: generated on the others",
            )
        for i, connection in enumerate(service.connects_to):
            if connection.to not in targets:
                guess = nearest(connection.to, targets)
                there = f"there are {', '.join(targets)}" if targets else "there is no database in data.postgres"
                yield Fault(
                    service_key(name, f"connects_to[{i}]"),
                    f"{connection.to!r} is nothing this stack has; " + (f"did you mean {guess}?" if guess else there),
                )
            for env in connection.env:
                if env in service.environment or env in service.secrets:
                    yield Fault(
                        service_key(name, f"connects_to[{i}].env.{env}"),
                        "stands under environment or secrets, too; keep one of them",
                    )


@reads("compute")
def _url_variables(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        owners: dict[str, str] = {}
        for i, connection in enumerate(service.connects_to):
            for env in connection.env or ("DATABASE_URL",):
                owner = owners.setdefault(env, connection.to)
                if owner != connection.to:
                    yield Fault(
                        service_key(name, f"connects_to[{i}].env"),
                        f"{env} leads to {owner} already; write {{to: {connection.to}, env: {{OTHER_NAME: {{}}}}}}",
                    )


@reads("compute", "data")
def _injected_environment(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if not service.connects_to:
            continue
        for env in {*service.environment, *service.secrets} & {
            "DATABASE_URL",
            "PGHOST",
            "PGPORT",
            "PGDATABASE",
            "PGSSLMODE",
            "PGUSER",
            "PGPASSWORD",
        }:
            custom = any(c.env for c in service.connects_to) and env == "DATABASE_URL"
            if not custom:
                where = "environment" if env in service.environment else "secrets"
                yield Fault(service_key(name, f"{where}.{env}"), "is set by connects_to; remove it here")


@reads("compute", "data")
def _one_name_each(settings: Settings) -> Iterator[Fault]:
    for name in sorted(set(settings.compute.services) & set(settings.data.postgres)):
        yield Fault(
            f"data.postgres.{name}",
            "a service has the same name, so connects_to would be ambiguous; rename one",
        )


@reads("compute", "networking", "data")
def _way_out(settings: Settings) -> Iterator[Fault]:
    if settings.networking.nat != "none":
        return
    for name, service in settings.compute.services.items():
        missing = sorted(_needed_endpoints(settings, service) - set(settings.networking.endpoints))
        if missing:
            yield Fault(
                "networking.endpoints",
                f"with nat: none, the service {name} cannot start without "
                f"{', '.join(missing)}; add them, or choose another nat",
            )
            return


def _needed_endpoints(settings: Settings, service: Service) -> set[str]:
    needed = {"ecr.api", "ecr.dkr", "logs"}
    if service.secrets or any(c.to in settings.data.postgres for c in service.connects_to):
        needed.add("secretsmanager")
    if service.publishes is not None:
        needed.add("monitoring")
    return needed | ({"ssmmessages"} if service.exec else set())
