"""The resources of every bucket: no public access, TLS only, encrypted, with a lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Statement, document

__all__ = ["PrivateBucket", "log_expiration_rule", "private_bucket"]

# Deleted or overwritten logs can be restored for so many days.
NONCURRENT_LOG_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateBucket:
    """Name and ARN of a bucket; `name` depends on its access block, encryption, versioning and policy."""

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
) -> PrivateBucket:
    """The bucket of `owner`, as its children.

    `name` is for a bucket whose name people type; by default it is automatic. `statements` returns, for the bucket's
    ARN, the policy's statements besides those for TLS. Without `key_arn`, S3's own keys encrypt, the only ones with
    which S3 and load balancers deliver logs.
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
        policy=document([*statements(bucket.arn), *_tls_statements(bucket.arn)]),
        # S3 refuses concurrent changes of a bucket's access. Whoever depends on the policy depends on all of these.
        opts=owner.child_opts(depends_on=[block, ownership, encryption, *versioning]),
    )
    return PrivateBucket(name=policy.bucket, arn=bucket.arn)


def log_expiration_rule(id_: str, days: int, *, prefix: str = "") -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """The lifecycle rule that deletes logs with this prefix after so many days."""
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
                # An S3 bucket key: one request to KMS for many objects.
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


def _tls_statements(bucket_arn: pulumi.Output[str]) -> list[Statement]:
    resources = [bucket_arn, pulumi.Output.concat(bucket_arn, "/*")]
    conditions = {
        "TlsOnly": {"Bool": {"aws:SecureTransport": "false"}},
        "NoOldTls": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
    }
    return [
        Statement(sid=sid, effect="Deny", actions=["s3:*"], resources=resources, principals="*", conditions=condition)
        for sid, condition in conditions.items()
    ]
