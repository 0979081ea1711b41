"""Keys, databases with their proxies, Redis, file systems, queues, buckets, secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from components.data.bucket import Bucket
from components.data.key import Key, KeyArgs
from components.data.key_statements import bucket_notification_statement, cloudwatch_logs_statement
from components.data.parameter import Parameter, ParameterArgs
from components.data.secret import Secret, SecretArgs
from components.data.server import Server
from components.data.store import Store, StoreArgs
from components.data.table import Table
from components.iam import Statement
from components.naming import logical_name
from components.networking.vpc import Vpc
from components.observability.monitoring import Monitored
from components.values import Peer
from settings import Settings
from settings.data import SecretSettings
from settings.targets import PostgresTarget, RedisTarget
from wiring.buckets import build_access_logs, build_notifications, senders
from wiring.context import StackContext
from wiring.file_systems import FileSystems, build_file_systems
from wiring.postgres import Databases, Proxies, build_postgres, build_proxies
from wiring.queues import Queues, build_queues
from wiring.redis import RedisStores, redis_stores

__all__ = ["DataStores", "build_data", "secret_name"]

_STORES: Mapping[str, Callable[[str, StoreArgs[Any], pulumi.ResourceOptions], Store]] = {
    "buckets": Bucket,
    "tables": Table,
}
"""The component of each kind of store that needs nothing but its settings and the key, by its key below `data`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStores:
    """What keeps the stack's data."""

    key: Key
    postgres: Databases
    proxies: Proxies
    redis: RedisStores
    file_systems: FileSystems
    queues: Queues
    secrets: Mapping[str, Secret | Parameter]
    stores: Mapping[str, Mapping[str, Store]]
    """What services and tasks use by permission, queues among them, by the kind's key below `data`."""

    @property
    def monitored(self) -> Sequence[Monitored]:
        """What is watched, in the order of the dashboard."""
        stores = (store for kind in self.stores.values() for store in kind.values())
        return [*self.postgres.values(), *self.redis.values(), *stores]

    @property
    def backed_up(self) -> Mapping[str, Mapping[str, pulumi.Output[str]]]:
        """The ARN of everything that can be in the backup plan, by the kind's key below `data`."""
        arns: dict[str, dict[str, pulumi.Output[str]]] = {
            "postgres": {name: database.arn for name, database in self.postgres.items()},
            "file_systems": {name: file_system.arn for name, file_system in self.file_systems.items()},
        }
        return arns | {kind: {name: store.arn for name, store in kinds.items()} for kind, kinds in self.stores.items()}

    def server(self, target: PostgresTarget | RedisTarget) -> Server:
        """Where clients of a store connect: to a database's proxy, if it has one."""
        if isinstance(target, RedisTarget):
            return self.redis[target.name]
        return self.proxies[target.name] if target.has_proxy else self.postgres[target.name]

    def peers(self, target: PostgresTarget | RedisTarget) -> tuple[Peer, ...]:
        """Every port on which clients of a store connect."""
        reader = self.redis[target.name].reader if isinstance(target, RedisTarget) else None
        return (self.server(target).peer, *([reader] if reader is not None else []))


def build_data(ctx: StackContext, settings: Settings, network: Vpc) -> DataStores:
    """The data area: one key, stores and file systems in isolated subnets, every secret that is declared or used."""
    key = Key(
        "data",
        KeyArgs(
            description=f"Data of {ctx.stack}",
            account=ctx.account,
            statements=_key_statements(ctx, settings),
            retain=settings.data.retain_keys,
        ),
        opts=ctx.opts("data"),
    )
    postgres = build_postgres(ctx, settings, network, key)
    secrets = {name: _secret(ctx, key, name, settings.secret(name)) for name in settings.secret_names}
    stores = {kind: _stores(ctx, settings, key, kind) for kind in _STORES}
    buckets = stores.pop("buckets")
    build_access_logs(ctx, settings, buckets)
    queues = build_queues(ctx, settings, key, senders(ctx, settings, buckets))
    build_notifications(ctx, settings, buckets, queues)
    return DataStores(
        key=key,
        postgres=postgres,
        proxies=build_proxies(ctx, settings, network, key, postgres),
        redis=redis_stores(ctx, settings, network, key),
        file_systems=build_file_systems(ctx, settings, network, key),
        queues=queues,
        secrets=secrets,
        stores={"buckets": buckets, "queues": queues, **stores},
    )


def _stores(ctx: StackContext, settings: Settings, key: Key, kind: str) -> Mapping[str, Store]:
    return {
        name: _STORES[kind](
            name, StoreArgs(settings=store, key_arn=key.arn, protect=ctx.protect), ctx.opts(f"data.{kind}.{name}")
        )
        for name, store in settings.data.stores[kind].items()
    }


def _key_statements(ctx: StackContext, settings: Settings) -> list[Statement]:
    """The AWS services that may use the key of the data area by themselves."""
    statements = [cloudwatch_logs_statement(ctx.account)]
    if any(bucket.notifications for bucket in settings.data.buckets.values()):
        statements.append(bucket_notification_statement(ctx.account))
    return statements


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
