"""The common part of Redis stores with nodes and serverless ones: security group and the secret with the URLs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.redis_urls import redis_url_key, redis_url_variables, urls_document
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
    """Its name in AWS; plain text, because names of log groups and dimensions of metrics contain it."""
    vpc_id: pulumi.Input[str]
    """The network."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets, in at least two zones for a store with replicas or a serverless one."""
    key_arn: pulumi.Input[str]
    """The key that encrypts data, snapshots, the secret and logs; retain it when `protect`."""
    protect: bool
    """Refuse deletion; with nodes, take a final snapshot and, unless `settings.apply` says otherwise, apply changes in
    the maintenance window."""
    log_retention_days: int
    """Days that the logs of nodes are kept; a serverless cache writes none."""
    connections: Sequence[Connect] = ()
    """The connections of services and tasks; the secret holds their URLs."""


class RedisStore(Component):
    """The base class of Redis stores: their address, their identifier and what a client needs to connect.

    Creates: security group; for the subclasses, users and the secret with the URLs.
    Guarantees: the secret holds each URL with every accepted token or password.
    """

    peer: Peer
    reader: Peer | None = None
    """The port for reads from replicas, where it is another one."""
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
    def _username(self) -> str:
        """The user of the URLs; empty where clients authenticate with a token."""

    def injection(self, connect: Connect) -> Injection:
        """Each URL variable, with the newest token, by reference to its JSON key, and the permission to read it."""
        newest = self._args.settings.tokens[-1]
        injections = [
            self._secret.injection(env, redis_url_key(url, newest, user=self._username))
            for env, url in redis_url_variables(connect).items()
        ]
        return Injection(
            secrets={env: value for injection in injections for env, value in injection.secrets.items()},
            execution_permissions=injections[0].execution_permissions,
        )

    def _users(self) -> RedisUsers:
        args = self._args
        return RedisUsers(
            self.child_name("users"),
            RedisUsersArgs(identifier=args.identifier, numbers=args.settings.tokens),
            opts=self.child_opts(),
        )

    def _assign(
        self, address: pulumi.Output[str], identifier: pulumi.Output[str], passwords: Mapping[int, pulumi.Output[str]]
    ) -> None:
        """Create the secret with the URLs, and assign the public attributes."""
        self._secret = self._url_secret(address, passwords)
        self.peer = Peer(name=self._base_name, security_group_id=self._access.id, port=PORT)
        self.address = address
        self.host_port = pulumi.Output.concat(address, f":{PORT}")
        self.identifier = identifier
        self.secret_arn = self._secret.arn

    def _url_secret(self, address: pulumi.Output[str], passwords: Mapping[int, pulumi.Output[str]]) -> Secret:
        args, username = self._args, self._username
        document = pulumi.Output.all(address, *passwords.values()).apply(
            lambda values: urls_document(
                args.connections,
                host=values[0],
                port=PORT,
                tokens=dict(zip(passwords, values[1:], strict=True)),
                user=username,
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
