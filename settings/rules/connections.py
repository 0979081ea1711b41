"""What services and tasks reach, and the environment they get for it."""

from __future__ import annotations

from collections.abc import Iterator

from settings.faults import nearest
from settings.model import Fault
from settings.rules.registry import reads, workload_key
from settings.stack import Settings

_INJECTED = {"DATABASE_URL", "PGHOST", "PGPORT", "PGDATABASE", "PGSSLMODE", "PGUSER", "PGPASSWORD"}


@reads("compute", "data")
def _targets(settings: Settings) -> Iterator[Fault]:
    targets = [*settings.data.postgres, *settings.compute.services]
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            if connection.to not in targets:
                guess = nearest(connection.to, targets)
                there = f"there are {', '.join(targets)}" if targets else "there is no database in data.postgres"
                yield Fault(
                    workload_key(path, f"connects_to[{i}]"),
                    f"{connection.to!r} is nothing this stack has; " + (f"did you mean {guess}?" if guess else there),
                )
            for env in connection.env:
                if env in workload.environment or env in workload.secrets:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env.{env}"),
                        "stands under environment or secrets, too; keep one of them",
                    )


@reads("compute", "data")
def _one_set_of_variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        alike = [
            c.to
            for c in workload.connects_to
            if c.to in settings.data.postgres and settings.data.postgres[c.to].credentials != "generated"
        ]
        if len(alike) > 1:
            yield Fault(
                workload_key(path, "connects_to"),
                f"{' and '.join(alike)} both need PGHOST, PGUSER and so on, which "
                "hold one database; set credentials: generated on the others",
            )


@reads("compute")
def _url_variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        owners: dict[str, str] = {}
        for i, connection in enumerate(workload.connects_to):
            default = () if connection.to in settings.compute.services else ("DATABASE_URL",)
            for env in connection.env or default:
                owner = owners.setdefault(env, connection.to)
                if owner != connection.to:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env"),
                        f"{env} leads to {owner} already; write {{to: {connection.to}, env: {{OTHER_NAME: {{}}}}}}",
                    )


@reads("compute", "data")
def _injected_environment(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        databases = [c for c in workload.connects_to if c.to not in settings.compute.services]
        if not databases:
            continue
        for env in {*workload.environment, *workload.secrets} & _INJECTED:
            custom = any(c.env for c in databases) and env == "DATABASE_URL"
            if not custom:
                where = "environment" if env in workload.environment else "secrets"
                yield Fault(workload_key(path, f"{where}.{env}"), "is set by connects_to; remove it here")


@reads("compute", "data")
def _one_name_each(settings: Settings) -> Iterator[Fault]:
    for name in sorted(set(settings.compute.services) & set(settings.data.postgres)):
        yield Fault(
            f"data.postgres.{name}",
            "a service has the same name, so connects_to would be ambiguous; rename one",
        )
