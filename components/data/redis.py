"""Redis and Valkey on ElastiCache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from components.data.final_snapshot import final_snapshot_name
from components.data.generated_password import generated_password
from components.data.redis_monitoring import RedisMonitoring, redis_metrics, redis_nodes
from components.data.redis_store import PORT, RedisArgs, RedisStore
from components.data.redis_users import USER

__all__ = ["Redis", "RedisArgs"]

_LOGS = ("slow-log", "engine-log")
_TOKEN_LENGTH = 64


class Authentication(TypedDict, total=False):
    """How a replication group authenticates clients: by token or by users."""

    auth_token: pulumi.Input[str]
    auth_token_update_strategy: str
    user_group_ids: list[pulumi.Input[str]]


class Redis(RedisStore):
    """A replication group of Redis or Valkey; see `settings.data.redis.Redis` for what it costs.

    Creates: subnet group, security group, parameter group, log groups, a token for each accepted number (with `rbac`,
    users instead), the replication group, the secret with the URLs; when protected, the unique name of its final
    snapshot.
    Guarantees: encrypted with the given key; TLS and token or a user's password required; nothing reaches it without a
    `Connection`; with a replica, it survives the failure of a zone; its logs are encrypted and expire after
    `log_retention_days`; no token or password in plain text anywhere, and in state encrypted only.
    Errors: ValueError for settings of a serverless cache, or with a replica and fewer than two subnets.
    """

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.settings.serverless is not None:
            raise ValueError(f"{name} is serverless; create a RedisServerless")
        if args.settings.replicas and len(args.subnet_ids) < 2:
            raise ValueError(f"{name} has a replica and {len(args.subnet_ids)} subnet; it needs two, in two zones")
        super().__init__(name, args, opts)
        passwords, authentication = self._authentication()
        group = self._replication_group(authentication)
        self._assign(group.primary_endpoint_address, group.replication_group_id, passwords)
        nodes = redis_nodes(args.identifier, group.member_clusters, nodes=1 + args.settings.replicas)
        self.metrics = redis_metrics(args.identifier, nodes, node_type=args.settings.node)
        self.monitoring = RedisMonitoring(name=name, metrics=self.metrics)
        self.done(address=self.address, identifier=self.identifier)

    @property
    def _username(self) -> str:
        return USER if self._args.settings.auth == "rbac" else ""

    def _authentication(self) -> tuple[Mapping[int, pulumi.Output[str]], Authentication]:
        """Tokens or passwords by number, and the group's arguments for them."""
        settings = self._args.settings
        if settings.auth == "rbac":
            users = self._users()
            # A group with a token accepts users only if the same request deletes the token.
            return users.passwords, {"user_group_ids": [users.group_id], "auth_token_update_strategy": "DELETE"}
        tokens = {number: generated_password(self, f"token-{number}", _TOKEN_LENGTH) for number in settings.tokens}
        return tokens, {
            "auth_token": tokens[settings.tokens[-1]],
            "auth_token_update_strategy": _token_update_strategy(settings.tokens),
        }

    def _replication_group(self, authentication: Authentication) -> aws.elasticache.ReplicationGroup:
        args, settings = self._args, self._args.settings
        subnet_group = aws.elasticache.SubnetGroup(
            self.child_name("subnets"),
            description="Subnets of the Redis store",
            subnet_ids=list(args.subnet_ids),
            opts=self.child_opts(),
        )
        # Auto-named: another family needs its group before the old one is deleted.
        parameter_group = aws.elasticache.ParameterGroup(
            self.child_name("parameters"),
            description="Parameters of the Redis store",
            family=settings.family,
            parameters=[
                aws.elasticache.ParameterGroupParameterArgs(name=name, value=value)
                for name, value in sorted(settings.parameters.items())
            ],
            # A store that is upgraded in its maintenance window uses the old group until then.
            opts=self.child_opts(retain_on_delete=args.protect or not settings.applies_now(protect=args.protect)),
        )
        has_replicas = settings.replicas > 0
        return aws.elasticache.ReplicationGroup(
            self.child_name(),
            replication_group_id=args.identifier,
            description=f"Redis store {args.identifier}",
            engine=settings.engine,
            engine_version=settings.engine_version,
            # A minor version that AWS raised would be newer than the stated one, and going back replaces the store. It
            # still installs patches.
            auto_minor_version_upgrade=False,
            node_type=settings.node,
            num_cache_clusters=1 + settings.replicas,
            automatic_failover_enabled=has_replicas,
            multi_az_enabled=has_replicas,
            port=PORT,
            parameter_group_name=parameter_group.name,
            subnet_group_name=subnet_group.name,
            security_group_ids=[self._access.id],
            at_rest_encryption_enabled=True,
            kms_key_id=args.key_arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            **authentication,
            snapshot_retention_limit=settings.snapshot_days,
            snapshot_window=settings.snapshot_window,
            maintenance_window=settings.maintenance_window,
            log_delivery_configurations=self._log_delivery(),
            apply_immediately=settings.applies_now(protect=args.protect),
            final_snapshot_identifier=self._final_snapshot() if args.protect else None,
            opts=self.child_opts(protect=args.protect, delete_before_replace=True),
        )

    def _log_delivery(self) -> list[aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs]:
        return [
            aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
                destination=aws.cloudwatch.LogGroup(
                    self.child_name(log),
                    # With this prefix, the short resource policy of CloudWatch Logs needs no statement for each group.
                    name=f"/aws/vendedlogs/elasticache/{self._args.identifier}/{log}",
                    retention_in_days=self._args.log_retention_days,
                    kms_key_id=self._args.key_arn,
                    opts=self.child_opts(),
                ).name,
                destination_type="cloudwatch-logs",
                log_format="json",
                log_type=log,
            )
            for log in _LOGS
        ]

    def _final_snapshot(self) -> pulumi.Output[str]:
        args = self._args
        return final_snapshot_name(self, args.identifier, engine=args.settings.engine, key=args.key_arn)


def _token_update_strategy(tokens: Sequence[int]) -> str:
    """What happens to the old token: with ROTATE it stays valid next to the new one, SET then removes it.

    AWS requires ROTATE before SET, so the first token has ROTATE; at creation of the group, neither has an effect.
    """
    return "SET" if len(tokens) == 1 and tokens[0] > 1 else "ROTATE"
