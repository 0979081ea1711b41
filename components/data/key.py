"""Customer-managed KMS keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.iam import Statement, document

__all__ = ["Key", "KeyArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyArgs:
    """Arguments of `Key`."""

    description: str
    """What the key encrypts; AWS shows it."""
    account: Account
    """The account, its region and partition."""
    statements: Sequence[Statement] = ()
    """Further statements of the key policy, for AWS services that use the key by themselves."""
    alias: str | None = None
    """The alias that people type, such as alias/state; by default a name is made up."""
    retain: bool = False
    """Keep the key when the stack is destroyed: what it encrypts (final snapshots, recovery points) outlives it."""
    region: str | None = None
    """The key's region, by default the stack's."""


class Key(Component):
    """A symmetric KMS key, about 1 USD a month.

    Creates: key and alias. Guarantees: rotated every year; deletion waits for 30 days; the account's IAM policies
    decide who may use it, beside the services named in `statements`.
    """

    def __init__(self, name: str, args: KeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        root = Statement(
            sid="AccountDecides",
            actions=["kms:*"],
            resources=["*"],
            principals={"AWS": [args.account.arn("iam", "root", region="")]},
        )
        key = aws.kms.Key(
            self.child_name(),
            description=args.description,
            enable_key_rotation=True,
            deletion_window_in_days=30,
            policy=document([root, *args.statements]),
            region=args.region,
            opts=self.child_opts(retain_on_delete=args.retain),
        )
        alias = aws.kms.Alias(
            self.child_name("alias"),
            name=args.alias,
            target_key_id=key.key_id,
            region=args.region,
            opts=self.child_opts(),
        )
        self.arn = key.arn
        self.alias = alias.name
        self.done(arn=self.arn)
