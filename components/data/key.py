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
    """What the key encrypts; shown in the AWS console."""
    account: Account
    """The account, its region and partition."""
    statements: Sequence[Statement] = ()
    """Further statements of the key policy, for AWS services that use the key on their own behalf."""
    alias: str | None = None
    """The alias, such as alias/state, for people who look for the key; by default it has none."""
    retain: bool = False
    """Keep the key when the stack is destroyed: what it encrypts (final snapshots, recovery points) outlives it."""
    region: str | None = None
    """The key's region, by default the stack's."""


class Key(Component):
    """A symmetric KMS key, about 1 USD a month.

    Creates: the key, and the alias if there is one.
    Guarantees: rotated every year; deletion waits for 30 days; besides the services in `statements`, only principals
    with an IAM policy of this account may use it.
    """

    def __init__(self, name: str, args: KeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        iam_policies = Statement(
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
            policy=document([iam_policies, *args.statements]),
            region=args.region,
            opts=self.child_opts(retain_on_delete=args.retain),
        )
        self.alias: pulumi.Output[str] | None = None
        if args.alias is not None:
            self.alias = aws.kms.Alias(
                self.child_name("alias"),
                name=args.alias,
                target_key_id=key.key_id,
                region=args.region,
                opts=self.child_opts(),
            ).name
        self.arn = key.arn
        self.done(arn=self.arn)
