"""The bucket that keeps the state of Pulumi's stacks."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.deny_other_encryption import deny_other_encryption
from components.data.private_bucket import private_bucket
from components.iam import Statement

__all__ = ["StateBucket", "StateBucketArgs"]

# Versions that stay, however old, so that a stack that nobody touches keeps its past.
KEPT_VERSIONS = 10
# What is left of a lock once it is released.
LOCK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBucketArgs:
    """Arguments of `StateBucket`."""

    bucket_name: str
    """The name, which people type when they log in."""
    account: Account
    """The account, its region and partition."""
    key_arn: pulumi.Input[str]
    """The key that encrypts the state."""
    noncurrent_days: int
    """Days that earlier versions of the state are kept."""
    protect: bool
    """Refuse to delete the bucket and its versions; without it, the bucket goes with all state."""


class StateBucket(Component):
    """A bucket for Pulumi's S3 backend, about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy.
    Guarantees: private, TLS 1.2 or newer only, nobody of another account; every object encrypted with the given key;
    each state that was ever written stays for `noncurrent_days`, and the newest ten longer; with `protect` nobody can
    delete a version before its time, whatever their role allows, while the policy stands.
    """

    def __init__(self, name: str, args: StateBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        made = private_bucket(
            self,
            name=args.bucket_name,
            protect=args.protect,
            key_arn=args.key_arn,
            rules=_rules(args.noncurrent_days),
            statements=lambda arn: [*_guards(arn, args), *deny_other_encryption(arn, args.key_arn)],
        )
        self.name = made.name
        self.done(name=self.name)


def _guards(bucket_arn: pulumi.Output[str], args: StateBucketArgs) -> list[Statement]:
    objects = pulumi.Output.concat(bucket_arn, "/*")
    strangers = Statement(
        sid="OnlyThisAccount",
        effect="Deny",
        actions=["s3:*"],
        resources=[bucket_arn, objects],
        principals="*",
        conditions={
            "StringNotEquals": {"aws:PrincipalAccount": args.account.id},
            # A service that acts by itself has no account.
            "Bool": {"aws:PrincipalIsAWSService": "false"},
        },
    )
    # What a lifecycle removes is not asked for by anybody, and goes.
    versions = Statement(
        sid="VersionsStay",
        effect="Deny",
        actions=["s3:DeleteObjectVersion", "s3:DeleteBucket"],
        resources=[bucket_arn, objects],
        principals="*",
    )
    return [strangers, versions] if args.protect else [strangers]


def _rules(days: int) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """Where two rules meet, S3 takes the shorter time, so each folder has its own."""
    unfinished = aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(days_after_initiation=7)
    return [
        _older("state", ".pulumi/stacks/", days, kept=KEPT_VERSIONS),
        _older("history", ".pulumi/history/", days),
        _older("backups", ".pulumi/backups/", days),
        _older("locks", ".pulumi/locks/", LOCK_DAYS),
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="unfinished",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(expired_object_delete_marker=True),
            abort_incomplete_multipart_upload=unfinished,
        ),
    ]


def _older(id_: str, prefix: str, days: int, *, kept: int | None = None) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id=id_,
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=days, newer_noncurrent_versions=kept
        ),
    )
