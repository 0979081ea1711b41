"""What every bucket has, whatever it is for: closed to the public, TLS only, encrypted, with a lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Statement, document

__all__ = ["ClosedBucket", "log_rule", "private_bucket"]

# Deleted or overwritten logs can be brought back for as long.
NONCURRENT_LOG_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedBucket:
    """A bucket and how it is named: `name` is known only once the bucket is closed, encrypted and versioned."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]


def private_bucket(
    owner: Component,
    *,
    protect: bool,
    name: str | None = None,
    rules: Sequence[aws.s3.BucketLifecycleConfigurationRuleArgs],
    statements: Callable[[pulumi.Output[str]], Sequence[Statement]] = lambda _: (),
    key_arn: pulumi.Input[str] | None = None,
    versioned: bool = True,
) -> ClosedBucket:
    """The bucket of `owner`, as its children.

    `name` is for a bucket whose name people type. `statements` makes what the policy says beside "TLS only" from the
    bucket's ARN. Without `key_arn`, S3's own keys encrypt, the only ones with which logs can be delivered.
    """
    bucket = aws.s3.Bucket(
        owner.child_name(), bucket=name, force_destroy=not protect, opts=owner.child_opts(protect=protect)
    )
    ownership = aws.s3.BucketOwnershipControls(
        owner.child_name("ownership"),
        bucket=bucket.bucket,
        rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=owner.child_opts(),
    )
    encryption = _encryption(owner, bucket, key_arn)
    versioning = _versioning(owner, bucket) if versioned else []
    aws.s3.BucketLifecycleConfiguration(
        owner.child_name("lifecycle"),
        bucket=bucket.bucket,
        rules=list(rules),
        opts=owner.child_opts(depends_on=versioning),
    )
    block = aws.s3.BucketPublicAccessBlock(
        owner.child_name("public-access"),
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=owner.child_opts(),
    )
    policy = aws.s3.BucketPolicy(
        owner.child_name("policy"),
        bucket=bucket.bucket,
        policy=document([*statements(bucket.arn), *_tls_only(bucket.arn)]),
        # S3 refuses two changes of a bucket's access at once; and who waits for the policy waits for all.
        opts=owner.child_opts(depends_on=[block, ownership, encryption, *versioning]),
    )
    return ClosedBucket(name=policy.bucket, arn=bucket.arn)


def log_rule(id_: str, days: int, *, prefix: str = "") -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """The lifecycle rule by which logs below `prefix` go after so many days."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id=id_,
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=NONCURRENT_LOG_DAYS
        ),
        abort_incomplete_multipart_upload=(
            aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(days_after_initiation=7)
        ),
    )


def _encryption(
    owner: Component, bucket: aws.s3.Bucket, key_arn: pulumi.Input[str] | None
) -> aws.s3.BucketServerSideEncryptionConfiguration:
    default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
        sse_algorithm="AES256" if key_arn is None else "aws:kms", kms_master_key_id=key_arn
    )
    return aws.s3.BucketServerSideEncryptionConfiguration(
        owner.child_name("encryption"),
        bucket=bucket.bucket,
        rules=[
            aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                apply_server_side_encryption_by_default=default,
                # One request to KMS for many objects.
                bucket_key_enabled=None if key_arn is None else True,
            )
        ],
        opts=owner.child_opts(),
    )


def _versioning(owner: Component, bucket: aws.s3.Bucket) -> list[aws.s3.BucketVersioning]:
    return [
        aws.s3.BucketVersioning(
            owner.child_name("versioning"),
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=owner.child_opts(),
        )
    ]


def _tls_only(bucket_arn: pulumi.Output[str]) -> list[Statement]:
    everything = [bucket_arn, pulumi.Output.concat(bucket_arn, "/*")]
    conditions = {
        "TlsOnly": {"Bool": {"aws:SecureTransport": "false"}},
        "NoOldTls": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
    }
    return [
        Statement(sid=sid, effect="Deny", actions=["s3:*"], resources=everything, principals="*", conditions=condition)
        for sid, condition in conditions.items()
    ]
