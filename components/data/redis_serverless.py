"""Redis and Valkey on ElastiCache Serverless."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.data.redis_metrics import serverless_metrics
from components.data.redis_store import RedisArgs, RedisStore
from components.data.redis_users import USER
from components.values import Peer

__all__ = ["RedisServerless"]

_READER_PORT = 6380
# A serverless cache has an address in two or three zones.
_LEAST_SUBNETS, _MOST_SUBNETS = 2, 3


class RedisServerless(RedisStore):
    """A serverless cache of Redis or Valkey; see `settings.redis_serverless.Serverless` for what it costs.

    Creates: security group, users, the cache, the secret with the URLs.
    Guarantees: encrypted with the given key; TLS and a user's password required; nothing reaches it without a
    `Connection`; it grows no further than asked; no password in the clear anywhere, and in state encrypted only.
    Errors: ValueError without settings of serverless, or with fewer than two subnets.
    """

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        limits = args.settings.serverless
        if limits is None:
            raise ValueError(f"{name} has nodes; make it a Redis")
        if len(args.subnet_ids) < _LEAST_SUBNETS:
            raise ValueError(f"{name} is serverless and has {len(args.subnet_ids)} subnet; it wants two, in two zones")
        super().__init__(name, args, opts)
        users = self._users()
        cache = aws.elasticache.ServerlessCache(
            self.child_name(),
            name=args.identifier,
            description=f"Redis store {args.identifier}",
            engine=args.settings.engine,
            major_engine_version=args.settings.major_version,
            cache_usage_limits=aws.elasticache.ServerlessCacheCacheUsageLimitsArgs(
                data_storage=aws.elasticache.ServerlessCacheCacheUsageLimitsDataStorageArgs(
                    maximum=limits.max_gb, unit="GB"
                ),
                ecpu_per_seconds=[
                    aws.elasticache.ServerlessCacheCacheUsageLimitsEcpuPerSecondArgs(maximum=limits.max_ecpu_per_second)
                ],
            ),
            kms_key_id=args.key_arn,
            subnet_ids=list(args.subnet_ids)[:_MOST_SUBNETS],
            security_group_ids=[self._access.id],
            user_group_id=users.group_id,
            **self._snapshots(),
            opts=self.child_opts(protect=args.protect, delete_before_replace=True),
        )
        address = cache.endpoints.apply(lambda found: found[0].address)
        self._publish(address, cache.name, users.passwords)
        self.reader = Peer(name=f"{name}-reader", security_group_id=self._access.id, port=_READER_PORT)
        self.metrics = serverless_metrics(args.identifier, limits)
        self.done(address=self.address, identifier=self.identifier)

    @property
    def _user(self) -> str:
        return USER

    def _snapshots(self) -> dict[str, Any]:
        settings = self._args.settings
        if not settings.snapshot_days:
            return {"snapshot_retention_limit": 0}
        begin = settings.snapshot_window.partition("-")[0]
        return {"snapshot_retention_limit": settings.snapshot_days, "daily_snapshot_time": begin}
