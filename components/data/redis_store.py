"""What every Redis store has, with nodes or without: who connects, and the secret with the URLs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.redis_urls import redis_url_key, redis_urls_of, urls_document
from components.data.redis_users import RedisUsers, RedisUsersArgs
from components.data.secret import Secret, SecretArgs
from components.values import Injection, Peer
from settings.compute.connects_to import Connect
from settings.data import SecretSettings, redis

__all__ = ["PORT", "RedisArgs", "RedisStore"]

PORT = 6379


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisArgs:
    """Arguments of `Redis` and `RedisServerless`."""

    settings: redis.Redis
    """What the stack's settings say about it."""
    identifier: str
    """Its name in AWS, known beforehand: log groups and metrics carry it."""
    vpc_id: pulumi.Input[str]
    """The network."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets, in at least two zones where there are replicas or no nodes."""
    key_arn: pulumi.Input[str]
    """The key that encrypts data, snapshots, the secret and logs; retain it when `protect`."""
    protect: bool
    """Refuse deletion; with nodes, take a final snapshot, and change things in the maintenance window."""
    log_retention_days: int
    """Days that the logs of nodes are kept; serverless writes none."""
    connections: Sequence[Connect] = ()
    """Who connects; their URLs are prepared in the secret."""


class RedisStore(Component):
    """The public surface of all Redis stores: where they are, what they are called, and how to connect."""

    peer: Peer
    reader: Peer | None = None
    """Where clients read copies, if that is another port."""
    address: pulumi.Output[str]
    host_port: pulumi.Output[str]
    identifier: pulumi.Output[str]
    secret_arn: pulumi.Output[str]

    def __init__(self, name: str, args: RedisArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self._args = args
        self._access = aws.ec2.SecurityGroup(
            self.child_name("access"),
            description="Redis",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            opts=self.child_opts(),
        )

    @property
    @abstractmethod
    def _user(self) -> str:
        """Who logs in; empty where a token alone does."""

    def injection(self, connect: Connect) -> Injection:
        """Each URL variable by reference to its JSON key, with the newest token, and the permission to read it."""
        newest = self._args.settings.tokens[-1]
        parts = [
            self._secret.injection(env, redis_url_key(url, newest, user=self._user))
            for env, url in redis_urls_of(connect).items()
        ]
        return Injection(
            secrets={env: value for part in parts for env, value in part.secrets.items()},
            execution_permissions=parts[0].execution_permissions,
        )

    def _users(self) -> RedisUsers:
        args = self._args
        return RedisUsers(
            self.child_name("users"),
            RedisUsersArgs(identifier=args.identifier, numbers=args.settings.tokens),
            opts=self.child_opts(),
        )

    def _publish(
        self, address: pulumi.Output[str], identifier: pulumi.Output[str], words: Mapping[int, pulumi.Output[str]]
    ) -> None:
        """Keep the URLs, and say where the store is."""
        self._secret = self._urls(address, words)
        self.peer = Peer(name=self._base_name, security_group_id=self._access.id, port=PORT)
        self.address = address
        self.host_port = pulumi.Output.concat(address, f":{PORT}")
        self.identifier = identifier
        self.secret_arn = self._secret.arn

    def _urls(self, address: pulumi.Output[str], words: Mapping[int, pulumi.Output[str]]) -> Secret:
        args, user = self._args, self._user
        document = pulumi.Output.all(address, *words.values()).apply(
            lambda known: urls_document(
                args.connections,
                host=known[0],
                port=PORT,
                tokens=dict(zip(words, known[1:], strict=True)),
                user=user,
            )
        )
        return Secret(
            self.child_name("url"),
            SecretArgs(
                settings=SecretSettings(description=f"How to connect to the Redis store {args.identifier}"),
                secret_name=None,
                key_arn=args.key_arn,
                protect=args.protect,
                value=document,
            ),
            opts=self.child_opts(),
        )
