"""Redis and Valkey on ElastiCache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.base import Component
from components.data.redis_metrics import redis_metrics
from components.data.redis_urls import redis_url_key, redis_urls_of, urls_document
from components.data.secret import Secret, SecretArgs
from components.values import Endpoint, Injection
from settings import redis
from settings.connection import Connect
from settings.data import SecretSettings

__all__ = ["Redis", "RedisArgs"]

PORT = 6379
_LOGS = ("slow-log", "engine-log")
_TOKEN_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisArgs:
    """Arguments of `Redis`."""

    settings: redis.Redis
    """What the stack's settings say about it."""
    identifier: str
    """Its name in AWS, known beforehand: log groups and metrics carry it."""
    vpc_id: pulumi.Input[str]
    """The network."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets, in at least two zones where there are replicas."""
    key_arn: pulumi.Input[str]
    """The key that encrypts data, snapshots, the secret and logs; retain it when `protect`."""
    protect: bool
    """Refuse deletion, take a final snapshot, and change things in the maintenance window."""
    log_retention_days: int
    """Days that its logs are kept."""
    connections: Sequence[Connect] = ()
    """Who connects; their URLs are prepared in the secret."""


class Redis(Component):
    """A replication group of Redis or Valkey; see `settings.redis.Redis` for what it costs.

    Creates: subnet group, security group, parameter group, log groups, a token for each accepted number, the
    replication group, the secret with the URLs; when protected, the unique name of its final snapshot.
    Guarantees: encrypted with the given key; TLS and token required; nothing reaches it without a `Connection`; with a
    replica, a failed zone is survived; its logs are kept as long as asked, encrypted; no token in the clear anywhere,
    and in state encrypted only.
    """

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.settings.replicas and len(args.subnet_ids) < 2:
            raise ValueError(f"{name} has a replica and {len(args.subnet_ids)} subnet; it wants two, in two zones")
        super().__init__("data", name, opts)
        self._args = args
        security_group = aws.ec2.SecurityGroup(
            self.named("access"),
            description="Redis",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            opts=self.inside(),
        )
        tokens = {number: self._token(number) for number in args.settings.tokens}
        group = self._group(security_group.id, tokens[args.settings.tokens[-1]])
        self._secret = self._urls(group.primary_endpoint_address, tokens)
        self.endpoint = Endpoint(name=name, security_group_id=security_group.id, port=PORT)
        self.address = group.primary_endpoint_address
        self.host_port = pulumi.Output.concat(self.address, f":{PORT}")
        self.identifier = group.replication_group_id
        self.secret_arn = self._secret.arn
        self.metrics = redis_metrics(args.identifier, nodes=1 + args.settings.replicas, node_type=args.settings.node)
        self.done(address=self.address, identifier=self.identifier)

    def injection(self, connect: Connect) -> Injection:
        """Each URL variable by reference to its JSON key, with the newest token, and the permission to read it."""
        newest = self._args.settings.tokens[-1]
        parts = [self._secret.injection(env, redis_url_key(url, newest)) for env, url in redis_urls_of(connect).items()]
        return Injection(
            secrets={env: value for part in parts for env, value in part.secrets.items()},
            execution_permissions=parts[0].execution_permissions,
        )

    def _group(
        self, security_group_id: pulumi.Output[str], token: pulumi.Output[str]
    ) -> aws.elasticache.ReplicationGroup:
        args, settings = self._args, self._args.settings
        subnet_group = aws.elasticache.SubnetGroup(
            self.named("subnets"),
            description="Subnets of the Redis store",
            subnet_ids=list(args.subnet_ids),
            opts=self.inside(),
        )
        # Auto-named: another family needs its group before the old one goes.
        parameter_group = aws.elasticache.ParameterGroup(
            self.named("parameters"),
            description="Parameters of the Redis store",
            family=settings.family,
            parameters=[
                aws.elasticache.ParameterGroupParameterArgs(name=name, value=value)
                for name, value in sorted(settings.parameters.items())
            ],
            # A protected store is upgraded in its maintenance window only, and until then keeps the old group in use.
            opts=self.inside(retain_on_delete=args.protect),
        )
        several = settings.replicas > 0
        return aws.elasticache.ReplicationGroup(
            self.named(),
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
            security_group_ids=[security_group_id],
            at_rest_encryption_enabled=True,
            kms_key_id=args.key_arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            auth_token=token,
            auth_token_update_strategy=_strategy(settings.tokens),
            snapshot_retention_limit=settings.snapshot_days,
            snapshot_window=settings.snapshot_window,
            maintenance_window=settings.maintenance_window,
            log_delivery_configurations=self._logs(),
            apply_immediately=not args.protect,
            **self._final_snapshot(),
            opts=self.inside(protect=args.protect, delete_before_replace=True),
        )

    def _logs(self) -> list[aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs]:
        return [
            aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
                destination=aws.cloudwatch.LogGroup(
                    self.named(log),
                    # Below this prefix, AWS needs no statement for each group in its one, short resource policy.
                    name=f"/aws/vendedlogs/elasticache/{self._args.identifier}/{log}",
                    retention_in_days=self._args.log_retention_days,
                    kms_key_id=self._args.key_arn,
                    opts=self.inside(),
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
            self.named(f"token-{number}"), length=_TOKEN_LENGTH, special=False, opts=self.inside()
        ).result

    def _urls(self, address: pulumi.Output[str], tokens: dict[int, pulumi.Output[str]]) -> Secret:
        connections = self._args.connections
        document = pulumi.Output.all(address, *tokens.values()).apply(
            lambda known: urls_document(
                connections, host=known[0], port=PORT, tokens=dict(zip(tokens, known[1:], strict=True))
            )
        )
        return Secret(
            self.named("url"),
            SecretArgs(
                settings=SecretSettings(description=f"How to connect to the Redis store {self._args.identifier}"),
                secret_name=None,
                key_arn=self._args.key_arn,
                protect=self._args.protect,
                value=document,
            ),
            opts=self.inside(),
        )

    def _final_snapshot(self) -> dict[str, Any]:
        args = self._args
        if not args.protect:
            return {}
        # Anew with whatever replaces the group: its successor's final snapshot needs a name of its own.
        suffix = random.RandomId(
            self.named("final-snapshot"),
            byte_length=4,
            keepers={"identifier": args.identifier, "engine": args.settings.engine, "key": args.key_arn},
            opts=self.inside(),
        )
        return {"final_snapshot_identifier": pulumi.Output.concat(f"{args.identifier}-final-", suffix.hex)}


def _strategy(tokens: Sequence[int]) -> str:
    """What becomes of the old token: with ROTATE it stays valid beside the new one, SET then ends it.

    AWS says that SET follows ROTATE, so the first token has ROTATE; when the group is made, neither counts.
    """
    return "SET" if len(tokens) == 1 and tokens[0] > 1 else "ROTATE"
