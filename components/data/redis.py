"""Redis and Valkey on ElastiCache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.data.redis_metrics import redis_metrics
from components.data.redis_store import PORT, RedisArgs, RedisStore
from components.data.redis_users import USER

__all__ = ["Redis", "RedisArgs"]

_LOGS = ("slow-log", "engine-log")
_TOKEN_LENGTH = 64


class Redis(RedisStore):
    """A replication group of Redis or Valkey; see `settings.redis.Redis` for what it costs.

    Creates: subnet group, security group, parameter group, log groups, a token for each accepted number (with `rbac`,
    users instead), the replication group, the secret with the URLs; when protected, the unique name of its final
    snapshot.
    Guarantees: encrypted with the given key; TLS and token or a user's password required; nothing reaches it without a
    `Connection`; with a replica, a failed zone is survived; its logs are kept as long as asked, encrypted; no token or
    password in the clear anywhere, and in state encrypted only.
    """

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.settings.serverless is not None:
            raise ValueError(f"{name} is serverless; make it a RedisServerless")
        if args.settings.replicas and len(args.subnet_ids) < 2:
            raise ValueError(f"{name} has a replica and {len(args.subnet_ids)} subnet; it wants two, in two zones")
        super().__init__(name, args, opts)
        words, login = self._login()
        group = self._group(login)
        self._publish(group.primary_endpoint_address, group.replication_group_id, words)
        self.metrics = redis_metrics(args.identifier, nodes=1 + args.settings.replicas, node_type=args.settings.node)
        self.done(address=self.address, identifier=self.identifier)

    @property
    def _user(self) -> str:
        return USER if self._args.settings.auth == "rbac" else ""

    def _login(self) -> tuple[Mapping[int, pulumi.Output[str]], dict[str, Any]]:
        """Tokens or passwords by number, and how the group asks for them."""
        settings = self._args.settings
        if settings.auth == "rbac":
            users = self._users()
            # A group that had a token gives it up with the same request that brings the users, or refuses them.
            return users.passwords, {"user_group_ids": [users.group_id], "auth_token_update_strategy": "DELETE"}
        tokens = {number: self._token(number) for number in settings.tokens}
        return tokens, {
            "auth_token": tokens[settings.tokens[-1]],
            "auth_token_update_strategy": _strategy(settings.tokens),
        }

    def _group(self, login: Mapping[str, Any]) -> aws.elasticache.ReplicationGroup:
        args, settings = self._args, self._args.settings
        subnet_group = aws.elasticache.SubnetGroup(
            self.child_name("subnets"),
            description="Subnets of the Redis store",
            subnet_ids=list(args.subnet_ids),
            opts=self.child_opts(),
        )
        # Auto-named: another family needs its group before the old one goes.
        parameter_group = aws.elasticache.ParameterGroup(
            self.child_name("parameters"),
            description="Parameters of the Redis store",
            family=settings.family,
            parameters=[
                aws.elasticache.ParameterGroupParameterArgs(name=name, value=value)
                for name, value in sorted(settings.parameters.items())
            ],
            # A protected store is upgraded in its maintenance window only, and until then keeps the old group in use.
            opts=self.child_opts(retain_on_delete=args.protect),
        )
        several = settings.replicas > 0
        return aws.elasticache.ReplicationGroup(
            self.child_name(),
            replication_group_id=args.identifier,
            description=f"Redis store {args.identifier}",
            engine=settings.engine,
            engine_version=settings.engine_version,
            auto_minor_version_upgrade=True,
            node_type=settings.node,
            num_cache_clusters=1 + settings.replicas,
            automatic_failover_enabled=several,
            multi_az_enabled=several,
            port=PORT,
            parameter_group_name=parameter_group.name,
            subnet_group_name=subnet_group.name,
            security_group_ids=[self._access.id],
            at_rest_encryption_enabled=True,
            kms_key_id=args.key_arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            **login,
            snapshot_retention_limit=settings.snapshot_days,
            snapshot_window=settings.snapshot_window,
            maintenance_window=settings.maintenance_window,
            log_delivery_configurations=self._logs(),
            apply_immediately=not args.protect,
            **self._final_snapshot(),
            opts=self.child_opts(protect=args.protect, delete_before_replace=True),
        )

    def _logs(self) -> list[aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs]:
        return [
            aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
                destination=aws.cloudwatch.LogGroup(
                    self.child_name(log),
                    # Below this prefix, AWS needs no statement for each group in its one, short resource policy.
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

    def _token(self, number: int) -> pulumi.Output[str]:
        # Letters and digits only: ElastiCache refuses some signs, and a URL needs none encoded.
        return random.RandomPassword(
            self.child_name(f"token-{number}"), length=_TOKEN_LENGTH, special=False, opts=self.child_opts()
        ).result

    def _final_snapshot(self) -> dict[str, Any]:
        args = self._args
        if not args.protect:
            return {}
        # Anew with whatever replaces the group: its successor's final snapshot needs a name of its own.
        suffix = random.RandomId(
            self.child_name("final-snapshot"),
            byte_length=4,
            keepers={"identifier": args.identifier, "engine": args.settings.engine, "key": args.key_arn},
            opts=self.child_opts(),
        )
        return {"final_snapshot_identifier": pulumi.Output.concat(f"{args.identifier}-final-", suffix.hex)}


def _strategy(tokens: Sequence[int]) -> str:
    """What becomes of the old token: with ROTATE it stays valid beside the new one, SET then ends it.

    AWS says that SET follows ROTATE, so the first token has ROTATE; when the group is made, neither counts.
    """
    return "SET" if len(tokens) == 1 and tokens[0] > 1 else "ROTATE"
