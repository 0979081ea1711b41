"""Databases with their proxies, Redis, file systems, queues, buckets, secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.data.bucket import Bucket
from components.data.file_system import FileSystem, FileSystemArgs
from components.data.key import Key
from components.data.parameter import Parameter, ParameterArgs
from components.data.postgres import Postgres
from components.data.postgres_proxy import PostgresProxy
from components.data.queue import Queue
from components.data.redis import Redis
from components.data.redis_serverless import RedisServerless
from components.data.secret import Secret, SecretArgs
from components.naming import logical_name
from components.networking.vpc import Vpc
from components.observability.monitoring import Monitored
from components.values import Peer
from settings import Settings
from settings.data import SecretSettings
from settings.targets import PostgresTarget, RedisTarget
from wiring.buckets import build_buckets, build_notifications, senders
from wiring.context import StackContext
from wiring.postgres import build_postgres, build_proxies
from wiring.queues import build_queues
from wiring.redis import redis_stores

__all__ = ["DataStores", "build_data", "secret_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStores:
    """What keeps the stack's data."""

    key: Key
    postgres: Mapping[str, Postgres]
    proxies: Mapping[str, PostgresProxy]
    redis: Mapping[str, Redis | RedisServerless]
    file_systems: Mapping[str, FileSystem]
    queues: Mapping[str, Queue]
    buckets: Mapping[str, Bucket]
    secrets: Mapping[str, Secret | Parameter]

    @property
    def monitored(self) -> Sequence[Monitored]:
        """What is watched, in the order of the dashboard."""
        stores = (self.postgres, self.proxies, self.redis, self.file_systems, self.buckets, self.queues)
        return [component for components in stores for component in components.values()]

    def server(self, target: PostgresTarget | RedisTarget) -> Postgres | PostgresProxy | Redis | RedisServerless:
        """Where clients of a store connect: to a database's proxy, if it has one."""
        if isinstance(target, RedisTarget):
            return self.redis[target.name]
        return self.proxies[target.name] if target.has_proxy else self.postgres[target.name]

    def peers(self, target: PostgresTarget | RedisTarget) -> tuple[Peer, ...]:
        """Every port on which clients of a store connect."""
        reader = self.redis[target.name].reader if isinstance(target, RedisTarget) else None
        return (self.server(target).peer, *([reader] if reader is not None else []))


def build_data(ctx: StackContext, settings: Settings, network: Vpc, key: Key) -> DataStores:
    """The data area: stores and file systems in isolated subnets, every secret that is declared or used."""
    postgres = build_postgres(ctx, settings, network, key)
    secrets = {name: _secret(ctx, key, name, settings.secret(name)) for name in settings.secret_names}
    buckets = build_buckets(ctx, settings, key)
    queues = build_queues(ctx, settings, key, senders(ctx, settings, buckets))
    build_notifications(ctx, settings, buckets, queues)
    return DataStores(
        key=key,
        postgres=postgres,
        proxies=build_proxies(ctx, settings, network, key, postgres),
        redis=redis_stores(ctx, settings, network, key),
        file_systems=_file_systems(ctx, settings, network, key),
        queues=queues,
        buckets=buckets,
        secrets=secrets,
    )


def _file_systems(ctx: StackContext, settings: Settings, network: Vpc, key: Key) -> Mapping[str, FileSystem]:
    return {
        name: FileSystem(
            name,
            FileSystemArgs(
                settings=file_system,
                vpc_id=network.vpc_id,
                subnet_ids=network.isolated_subnet_ids,
                key_arn=key.arn,
                protect=ctx.protect,
            ),
            opts=ctx.opts(f"data.file_systems.{name}"),
        )
        for name, file_system in settings.data.file_systems.items()
    }


def secret_name(ctx: StackContext, name: str, declared: SecretSettings) -> str:
    """The secret's name in AWS, which a person types to set its value."""
    return ctx.physical_name("parameter", name) if declared.store == "parameter" else f"{ctx.stack}/{name}"


def _secret(ctx: StackContext, key: Key, name: str, declared: SecretSettings) -> Secret | Parameter:
    if declared.store == "parameter":
        return Parameter(
            logical_name(name),
            ParameterArgs(
                settings=declared,
                parameter_name=secret_name(ctx, name, declared),
                key_arn=key.arn,
                protect=ctx.protect,
                value=_value(declared),
            ),
            opts=ctx.opts(f"data.secrets.{name}"),
        )
    return Secret(
        logical_name(name),
        SecretArgs(
            settings=declared,
            secret_name=secret_name(ctx, name, declared),
            key_arn=key.arn,
            protect=ctx.protect,
            value=_value(declared),
        ),
        opts=ctx.opts(f"data.secrets.{name}"),
    )


def _value(secret: SecretSettings) -> pulumi.Output[str] | None:
    if secret.from_config is None:
        return None
    namespace, _, key = secret.from_config.partition(":")
    return pulumi.Config(namespace).require_secret(key)
