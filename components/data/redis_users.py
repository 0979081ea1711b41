"""The user of a Redis store with role-based access, and its passwords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.generated_password import generated_password
from components.naming import physical_name

__all__ = ["USER", "RedisUsers", "RedisUsersArgs"]

USER = "app"
# All keys, channels and commands except @dangerous, which block, wipe or inspect the server. INFO belongs to it, but
# clients need it to check whether the server is ready.
_APP_ACCESS = "on ~* &* +@all -@dangerous +info"
_DEFAULT_ACCESS = "off ~* -@all"
# Stores of both engines accept users and groups of this one, so a store can move from redis to valkey in place: a
# group of valkey would be changed first, and the store would still refuse it.
_ENGINE = "redis"
_PASSWORD_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisUsersArgs:
    """Arguments of `RedisUsers`."""

    identifier: str
    """The store's name in AWS, a prefix of the ids of users and group."""
    numbers: Sequence[int]
    """Numbers of the passwords that are accepted, two at most."""


class RedisUsers(Component):
    """The users of one Redis store: `app`, with a password, and `default`, disabled.

    Creates: a password for each number, the user `app`, the user `default` with a password that is given to nobody,
    the group of both.
    Guarantees: `app` may not run commands that block or wipe the store; `default`, the user of clients that name none,
    is disabled; no password in plain text anywhere, and in state encrypted only.
    """

    def __init__(self, name: str, args: RedisUsersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self.passwords: Mapping[int, pulumi.Output[str]] = {
            number: generated_password(self, f"password-{number}", _PASSWORD_LENGTH) for number in args.numbers
        }
        app = self._user(args, USER, _APP_ACCESS, list(self.passwords.values()))
        # Without a user of this name, AWS refuses the group or adds its own, which has full access.
        default = self._user(
            args, "default", _DEFAULT_ACCESS, [generated_password(self, "default-password", _PASSWORD_LENGTH)]
        )
        group = aws.elasticache.UserGroup(
            self.child_name(),
            user_group_id=physical_name("elasticache", args.identifier, "users"),
            engine=_ENGINE,
            user_ids=[default.user_id, app.user_id],
            opts=self.child_opts(delete_before_replace=True),
        )
        self.group_id = group.user_group_id
        self.done(group_id=self.group_id)

    def _user(
        self, args: RedisUsersArgs, user: str, access: str, passwords: list[pulumi.Output[str]]
    ) -> aws.elasticache.User:
        return aws.elasticache.User(
            self.child_name(user),
            user_id=physical_name("elasticache", args.identifier, user),
            user_name=user,
            engine=_ENGINE,
            access_string=access,
            passwords=passwords,
            opts=self.child_opts(delete_before_replace=True),
        )
