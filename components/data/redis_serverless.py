"""Redis and Valkey on ElastiCache Serverless."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.data.redis_serverless_monitoring import RedisServerlessMonitoring, serverless_metrics
from components.data.redis_store import RedisArgs, RedisStore
from components.data.redis_users import USER
from components.values import Peer

__all__ = ["RedisServerless"]

_READER_PORT = 6380
# A serverless cache has endpoints in two or three zones.
_MIN_SUBNETS, _MAX_SUBNETS = 2, 3


class RedisServerless(RedisStore):
    """A serverless cache of Redis or Valkey; see `settings.data.redis_serverless.Serverless` for what it
    costs.

    Creates: security group, users, the cache, the secret with the URLs.
    Guarantees: encrypted with the given key; TLS and a user's password required; nothing reaches it without a
    `Connection`; it grows no larger than its limits; no password in plain text anywhere, and in state encrypted only.
    Errors: ValueError for settings of a store with nodes, or with fewer than two subnets.
    """

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings, limits = args.settings, args.settings.serverless
        if limits is None:
            raise ValueError(f"{name} has nodes; create a Redis")
        if len(args.subnet_ids) < _MIN_SUBNETS:
            raise ValueError(f"{name} is serverless and has {len(args.subnet_ids)} subnet; it needs two, in two zones")
        super().__init__(name, args, opts)
        users = self._users()
        cache = aws.elasticache.ServerlessCache(
            self.child_name(),
            name=args.identifier,
            description=f"Redis store {args.identifier}",
            engine=settings.engine,
            major_engine_version=settings.major_version,
            cache_usage_limits=aws.elasticache.ServerlessCacheCacheUsageLimitsArgs(
                data_storage=aws.elasticache.ServerlessCacheCacheUsageLimitsDataStorageArgs(
                    maximum=limits.max_gb, unit="GB"
                ),
                ecpu_per_seconds=[
                    aws.elasticache.ServerlessCacheCacheUsageLimitsEcpuPerSecondArgs(maximum=limits.max_ecpu_per_second)
                ],
            ),
            kms_key_id=args.key_arn,
            subnet_ids=list(args.subnet_ids)[:_MAX_SUBNETS],
            security_group_ids=[self._access.id],
            user_group_id=users.group_id,
            snapshot_retention_limit=settings.snapshot_days,
            daily_snapshot_time=settings.snapshot_window.partition("-")[0] if settings.snapshot_days else None,
            opts=self.child_opts(protect=args.protect, delete_before_replace=True),
        )
        address = cache.endpoints.apply(lambda endpoints: endpoints[0].address)
        self._assign(address, cache.name, users.passwords)
        self.reader = Peer(name=f"{name}-reader", security_group_id=self._access.id, port=_READER_PORT)
        self.metrics = serverless_metrics(args.identifier, limits)
        self.monitoring = RedisServerlessMonitoring(name=name, metrics=self.metrics)
        self.done(address=self.address, identifier=self.identifier)

    @property
    def _username(self) -> str:
        return USER
