"""PostgreSQL databases and their proxies."""

from __future__ import annotations

from collections.abc import Mapping

from components.data.key import Key
from components.data.postgres import Postgres, PostgresArgs
from components.data.postgres_proxy import PostgresProxy, PostgresProxyArgs
from components.networking.vpc import Vpc
from settings import Settings
from wiring.context import StackContext

__all__ = ["Databases", "Proxies", "build_postgres", "build_proxies"]

Databases = Mapping[str, Postgres]
Proxies = Mapping[str, PostgresProxy]


def build_postgres(ctx: StackContext, settings: Settings, network: Vpc, key: Key) -> Databases:
    """Every database by name."""
    connections = [c for workload in settings.compute.workloads.values() for c in workload.connects_to]
    limits = settings.observability.alarms
    measured = limits is not None and limits.slow_query_ms is not None
    slow_statements_namespace = f"AgentPlatform/{ctx.stack}" if measured else None
    return {
        name: Postgres(
            name,
            PostgresArgs(
                settings=database,
                identifier=ctx.physical_name("rds", name),
                vpc_id=network.vpc_id,
                subnet_ids=network.isolated_subnet_ids,
                key_arn=key.arn,
                protect=ctx.protect,
                log_retention_days=settings.observability.log_retention_days,
                slow_statements_namespace=slow_statements_namespace,
                connections=[c for c in connections if c.to == name],
            ),
            opts=ctx.opts(f"data.postgres.{name}"),
        )
        for name, database in settings.data.postgres.items()
    }


def build_proxies(ctx: StackContext, settings: Settings, network: Vpc, key: Key, postgres: Databases) -> Proxies:
    """The proxies of those databases that have one, by the database's name."""
    return {
        name: PostgresProxy(
            f"{name}-proxy",
            PostgresProxyArgs(
                settings=database.proxy,
                database=database,
                server=postgres[name].peer,
                instance=postgres[name].identifier,
                proxy_name=ctx.physical_name("rds", name),
                secret_arn=secret_arn,
                key_arn=key.arn,
                vpc_id=network.vpc_id,
                subnet_ids=network.isolated_subnet_ids,
                log_retention_days=settings.observability.log_retention_days,
            ),
            opts=ctx.opts(f"data.postgres.{name}.proxy"),
        )
        for name, database in settings.data.postgres.items()
        if database.proxy is not None and (secret_arn := postgres[name].secret_arn) is not None
    }
