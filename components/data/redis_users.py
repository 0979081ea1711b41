"""The user of a Redis store with role-based access, and its passwords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.base import Component
from components.naming import physical_name

__all__ = ["USER", "RedisUsers", "RedisUsersArgs"]

USER = "app"
# All keys, channels and commands without those that block, wipe or reveal the server; INFO is among the latter, but
# clients ask it whether the server is ready.
_ACCESS = "on ~* &* +@all -@dangerous +info"
_NO_ACCESS = "off ~* -@all"
# Stores of either engine take users and groups of this one, so that a store moves from redis to valkey in place: with
# groups of valkey, the group would change first, while the store still refuses it.
_ENGINE = "redis"
_PASSWORD_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisUsersArgs:
    """Arguments of `RedisUsers`."""

    identifier: str
    """The store's name in AWS, which the users' ids carry."""
    numbers: Sequence[int]
    """Numbers of the passwords that are accepted, two at most."""


class RedisUsers(Component):
    """Who may log in to one Redis store: the user `app`, and nobody without a password.

    Creates: a password for each number, the user `app`, the user `default` with a password that nobody is told, the
    group of both.
    Guarantees: `app` may not run commands that block the store or wipe it; `default`, as whom clients log in that name
    no user, is switched off; no password in the clear anywhere, and in state encrypted only.
    """

    def __init__(self, name: str, args: RedisUsersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self.passwords: Mapping[int, pulumi.Output[str]] = {
            number: self._password(f"password-{number}") for number in args.numbers
        }
        app = self._user(args, USER, _ACCESS, list(self.passwords.values()))
        # Without one of this name, AWS refuses the group or puts its own into it, which may do everything.
        default = self._user(args, "default", _NO_ACCESS, [self._password("default-password")])
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

    def _password(self, role: str) -> pulumi.Output[str]:
        # Letters and digits only: ElastiCache refuses some signs, and a URL needs none encoded.
        return random.RandomPassword(
            self.child_name(role), length=_PASSWORD_LENGTH, special=False, opts=self.child_opts()
        ).result
