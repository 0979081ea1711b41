"""`connects_to`: what services and tasks reach, and the environment variables that they get for it."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.names import meant
from settings.rules.registry import reads, workload_key
from settings.stack import Settings
from settings.targets import PostgresTarget, RedisTarget


@reads("compute", "data")
def _targets(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            key = workload_key(path, f"connects_to[{i}]")
            if settings.target(connection.to) is None:
                fix = meant(connection.to, settings.target_names, "there is nothing in data.postgres or data.redis")
                yield Fault(key, f"{connection.to!r} is not in this stack; {fix}")
            for env in connection.env:
                if env in workload.environment or env in workload.secrets:
                    yield Fault(f"{key}.env.{env}", "is also in environment or secrets; keep one of them")


@reads("compute", "data")
def _each_target_once(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        names = [connection.to for connection in workload.connects_to]
        for i, name in enumerate(names):
            if name in names[:i]:
                yield Fault(
                    workload_key(path, f"connects_to[{i}]"),
                    f"connects to {name} a second time; write one entry with all variables, {{to: {name}, env: {{…}}}}",
                )


@reads("compute", "data")
def _one_name_for_each_path(settings: Settings) -> Iterator[Fault]:
    """A network path is named `<client>-to-<server>`, so `a` to `b-to-c` and `a-to-b` to `c` would be one."""
    paths = {f"{client}-to-{name}": client for client in ("load-balancer", "direct") for name in settings.routed}
    for path, workload in settings.compute.workloads.items():
        kind, _, client = path.partition(".")
        servers = [peer for _, target in settings.connections(workload) for peer in target.peers]
        servers += sorted({volume.file_system for volume in workload.volumes})
        for server in dict.fromkeys(servers):
            other = paths.setdefault(f"{client}-to-{server}", client)
            if other != client:
                yield Fault(
                    f"compute.{kind}.{client}",
                    f"its connection to {server} has the same name as one of {other} ({client}-to-{server}); rename "
                    f"{client} or {server}",
                )


@reads("compute", "data")
def _one_set_of_variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        databases = [
            target.name
            for _, target in settings.connections(workload)
            if isinstance(target, PostgresTarget) and target.sets_pg_variables
        ]
        if len(set(databases)) > 1:
            yield Fault(
                workload_key(path, "connects_to"),
                f"{' and '.join(databases)} both set PGHOST, PGUSER and so on, which describe one database; write "
                "credentials: generated for the others",
            )


@reads("compute", "data")
def _url_variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        owners: dict[str, str] = {}
        for i, connection in enumerate(workload.connects_to):
            target = settings.target(connection.to)
            default = target.default_url if target is not None else None
            for env in connection.env or ([default] if default else []):
                owner = owners.setdefault(env, connection.to)
                if owner != connection.to:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env"),
                        f"{env} is the URL of {owner}; write {{to: {connection.to}, env: {{OTHER_NAME: {{}}}}}}",
                    )


@reads("compute", "data")
def _injected_environment(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        injected: set[str] = set()
        for connection, target in settings.connections(workload):
            injected |= target.variables
            if target.default_url is not None and not connection.env:
                injected.add(target.default_url)
        for env in {*workload.environment, *workload.secrets} & injected:
            where = "environment" if env in workload.environment else "secrets"
            yield Fault(workload_key(path, f"{where}.{env}"), "is set by connects_to; remove it here")


@reads("compute", "data")
def _redis_urls(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            if not isinstance(settings.target(connection.to), RedisTarget):
                continue
            for env, url in connection.env.items():
                key = workload_key(path, f"connects_to[{i}].env.{env}")
                if "driver" in url.model_fields_set and url.driver != "rediss":
                    yield Fault(
                        f"{key}.driver", f"is {url.driver}, but {connection.to} takes rediss:// only; remove it"
                    )
                if url.query.get("ssl_cert_reqs", "").lower().removeprefix("cert_") in ("none", "optional"):
                    yield Fault(f"{key}.query.ssl_cert_reqs", "would trust any server; write required, or remove it")


@reads("compute", "data")
def _one_name_each(settings: Settings) -> Iterator[Fault]:
    data = settings.data
    taken = dict.fromkeys(settings.compute.services, "a service")
    ambiguous, same_path = "so connects_to would be ambiguous", "and with it the same network path"
    for kind, entries, called, reason in (
        ("postgres", data.postgres, "a database", ambiguous),
        ("redis", data.redis, "a Redis store", ambiguous),
        ("file_systems", data.file_systems, "a file system", same_path),
    ):
        for name in sorted(entries):
            if name in taken:
                yield Fault(f"data.{kind}.{name}", f"{taken[name]} has the same name, {reason}; rename one")
            taken.setdefault(name, called)
