"""A secret with complete connection URLs of a database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.connection_url import connection_url
from settings.compute.connects_to import Url

__all__ = ["UrlSecret", "UrlSecretArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlSecretArgs:
    """Arguments of `UrlSecret`."""

    description: str
    """What the URLs connect to; shown in the AWS console."""
    urls: Mapping[str, Url]
    """The URLs by their key in the secret's JSON."""
    address: pulumi.Input[str]
    """Host of the database."""
    port: int
    """Port of the database."""
    database: str
    """Name of the database."""
    username: str
    """The user who signs in."""
    password: pulumi.Output[str]
    """The password, a secret output."""
    key_arn: pulumi.Input[str]
    """The key that encrypts the secret."""
    protect: bool
    """Keep a deleted secret for 30 days; without it, deletion is immediate."""


class UrlSecret(Component):
    """A Secrets Manager secret, about 0.40 USD a month, whose JSON holds URLs with the password.

    Creates: the secret and its value.
    Guarantees: encrypted with the given key; the value is secret in state and plan; the name is automatic, since a
    deleted secret's name stays reserved for up to 30 days.
    """

    def __init__(self, name: str, args: UrlSecretArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        secret = aws.secretsmanager.Secret(
            self.child_name(),
            description=args.description,
            kms_key_id=args.key_arn,
            recovery_window_in_days=30 if args.protect else 0,
            opts=self.child_opts(),
        )
        value = pulumi.Output.all(args.address, args.password).apply(lambda values: _value(args, *values))
        version = aws.secretsmanager.SecretVersion(
            self.child_name("value"),
            secret_id=secret.arn,
            secret_string=value,
            opts=self.child_opts(),
        )
        # The secret's ARN, from the version: consumers then depend on the value, too.
        self.arn = version.secret_id
        self.done(arn=self.arn)


def _value(args: UrlSecretArgs, host: str, password: str) -> str:
    urls = {
        key: connection_url(
            url, host=host, port=args.port, database=args.database, user=args.username, password=password
        )
        for key, url in args.urls.items()
    }
    parts = {
        "host": host,
        "port": args.port,
        "dbname": args.database,
        "username": args.username,
        "password": password,
    }
    return json.dumps({**parts, **urls}, sort_keys=True)
