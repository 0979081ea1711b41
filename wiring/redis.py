"""Redis stores: with nodes or serverless, as the settings say."""

from __future__ import annotations

from collections.abc import Mapping

from components.data.key import Key
from components.data.redis import Redis
from components.data.redis_serverless import RedisServerless
from components.data.redis_store import RedisArgs
from components.networking.vpc import Vpc
from settings import Settings
from settings.data.redis import Redis as RedisSettings
from wiring.context import StackContext

__all__ = ["RedisStores", "redis_stores"]

RedisStores = Mapping[str, Redis | RedisServerless]


def redis_stores(ctx: StackContext, settings: Settings, network: Vpc, key: Key) -> RedisStores:
    """Every Redis store by name."""
    connections = [c for workload in settings.compute.workloads.values() for c in workload.connects_to]
    return {
        name: _kind(store)(
            name,
            RedisArgs(
                settings=store,
                identifier=ctx.physical_name("elasticache", name),
                vpc_id=network.vpc_id,
                subnet_ids=network.isolated_subnet_ids,
                key_arn=key.arn,
                protect=ctx.protect,
                log_retention_days=settings.observability.log_retention_days,
                connections=[c for c in connections if c.to == name],
            ),
            opts=ctx.opts(f"data.redis.{name}"),
        )
        for name, store in settings.data.redis.items()
    }


def _kind(store: RedisSettings) -> type[Redis | RedisServerless]:
    return Redis if store.serverless is None else RedisServerless
