"""What services and tasks reach, and the environment they get for it."""

from __future__ import annotations

from collections.abc import Iterator

from settings.faults import meant
from settings.model import Fault
from settings.rules.registry import reads, workload_key
from settings.stack import Settings

_DATABASE_URL, _REDIS_URL = "DATABASE_URL", "REDIS_URL"
_INJECTED = {_DATABASE_URL, "PGHOST", "PGPORT", "PGDATABASE", "PGSSLMODE", "PGUSER", "PGPASSWORD"}


@reads("compute", "data")
def _targets(settings: Settings) -> Iterator[Fault]:
    targets = [*settings.data.postgres, *settings.data.redis, *settings.compute.services]
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            if connection.to not in targets:
                fix = meant(connection.to, targets, "there is nothing in data.postgres or data.redis")
                yield Fault(
                    workload_key(path, f"connects_to[{i}]"), f"{connection.to!r} is nothing this stack has; {fix}"
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


@reads("compute", "data")
def _url_variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        owners: dict[str, str] = {}
        for i, connection in enumerate(workload.connects_to):
            for env in connection.env or _default_variables(settings, connection.to):
                owner = owners.setdefault(env, connection.to)
                if owner != connection.to:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env"),
                        f"{env} leads to {owner} already; write {{to: {connection.to}, env: {{OTHER_NAME: {{}}}}}}",
                    )


@reads("compute", "data")
def _injected_environment(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        injected: set[str] = set()
        for connection in workload.connects_to:
            if connection.to in settings.data.postgres:
                injected |= _INJECTED
        if any(c.to in settings.data.postgres and c.env for c in workload.connects_to):
            injected -= {_DATABASE_URL}
        if any(c.to in settings.data.redis and not c.env for c in workload.connects_to):
            injected.add(_REDIS_URL)
        for env in {*workload.environment, *workload.secrets} & injected:
            where = "environment" if env in workload.environment else "secrets"
            yield Fault(workload_key(path, f"{where}.{env}"), "is set by connects_to; remove it here")


@reads("compute", "data")
def _redis_urls(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            if connection.to not in settings.data.redis:
                continue
            for env, url in connection.env.items():
                key = workload_key(path, f"connects_to[{i}].env.{env}")
                if "driver" in url.model_fields_set and url.driver != "rediss":
                    yield Fault(
                        f"{key}.driver", f"is {url.driver}, but {connection.to} speaks rediss:// only; remove it"
                    )
                if url.query.get("ssl_cert_reqs", "").lower().removeprefix("cert_") in ("none", "optional"):
                    yield Fault(f"{key}.query.ssl_cert_reqs", "would trust any server; write required, or remove it")


def _default_variables(settings: Settings, target: str) -> tuple[str, ...]:
    if target in settings.data.redis:
        return (_REDIS_URL,)
    return (_DATABASE_URL,) if target in settings.data.postgres else ()


@reads("compute", "data")
def _one_name_each(settings: Settings) -> Iterator[Fault]:
    data = settings.data
    taken = dict.fromkeys(settings.compute.services, "a service")
    ambiguous, same_path = "so connects_to would be ambiguous", "and with it the same network path"
    for kind, named, called, reason in (
        ("postgres", data.postgres, "a database", ambiguous),
        ("redis", data.redis, "a Redis store", ambiguous),
        ("file_systems", data.file_systems, "a file system", same_path),
    ):
        for name in sorted(named):
            if name in taken:
                yield Fault(f"data.{kind}.{name}", f"{taken[name]} has the same name, {reason}; rename one")
            taken.setdefault(name, called)
