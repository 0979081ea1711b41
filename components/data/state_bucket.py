"""The bucket for the state of Pulumi's stacks."""

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

# Noncurrent versions that stay, however old, so that a stack without updates keeps its history.
NEWER_NONCURRENT_VERSIONS = 10
# Noncurrent versions of locks, which are left when a lock is released.
LOCK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBucketArgs:
    """Arguments of `StateBucket`."""

    bucket_name: str
    """The name, which people type for `pulumi login`."""
    account: Account
    """The account, its region and partition."""
    key_arn: pulumi.Input[str]
    """The key that encrypts the state."""
    noncurrent_days: int
    """Days that earlier versions of the state are kept."""
    protect: bool
    """Refuse to delete the bucket and its versions; without it, the bucket is deleted with all state."""


class StateBucket(Component):
    """A bucket for Pulumi's S3 backend, about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy.
    Guarantees: private, TLS 1.2 or newer only, nobody of another account; every object encrypted with the given key;
    earlier versions of the state stay for `noncurrent_days`, and the newest ten longer; with `protect`, the bucket
    policy denies everybody the deletion of versions, whatever their role allows.
    """

    def __init__(self, name: str, args: StateBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        bucket = private_bucket(
            self,
            name=args.bucket_name,
            protect=args.protect,
            key_arn=args.key_arn,
            rules=_lifecycle_rules(args.noncurrent_days),
            statements=lambda arn: [*_access_statements(arn, args), *deny_other_encryption(arn, args.key_arn)],
        )
        self.name = bucket.name
        self.done(name=self.name)


def _access_statements(bucket_arn: pulumi.Output[str], args: StateBucketArgs) -> list[Statement]:
    objects = pulumi.Output.concat(bucket_arn, "/*")
    only_this_account = Statement(
        sid="OnlyThisAccount",
        effect="Deny",
        actions=["s3:*"],
        resources=[bucket_arn, objects],
        principals="*",
        conditions={
            "StringNotEquals": {"aws:PrincipalAccount": args.account.id},
            # An AWS service on its own behalf has no account.
            "Bool": {"aws:PrincipalIsAWSService": "false"},
        },
    )
    # Lifecycle expirations are no requests, so the policy does not deny them.
    keep_versions = Statement(
        sid="VersionsStay",
        effect="Deny",
        actions=["s3:DeleteObjectVersion", "s3:DeleteBucket"],
        resources=[bucket_arn, objects],
        principals="*",
    )
    return [only_this_account, keep_versions] if args.protect else [only_this_account]


def _lifecycle_rules(days: int) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """One rule for each folder, since S3 applies the shorter time where two rules overlap."""
    unfinished = aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(days_after_initiation=7)
    return [
        _noncurrent_rule("state", ".pulumi/stacks/", days, newer_versions=NEWER_NONCURRENT_VERSIONS),
        _noncurrent_rule("history", ".pulumi/history/", days),
        _noncurrent_rule("backups", ".pulumi/backups/", days),
        _noncurrent_rule("locks", ".pulumi/locks/", LOCK_DAYS),
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="unfinished",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(expired_object_delete_marker=True),
            abort_incomplete_multipart_upload=unfinished,
        ),
    ]


def _noncurrent_rule(
    id_: str, prefix: str, days: int, *, newer_versions: int | None = None
) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id=id_,
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=days, newer_noncurrent_versions=newer_versions
        ),
    )
