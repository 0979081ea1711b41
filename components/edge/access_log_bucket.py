"""The bucket of a load balancer's access logs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Statement, document

__all__ = ["AccessLogBucket", "AccessLogBucketArgs"]

# Deleted or overwritten logs can be brought back for as long.
NONCURRENT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogBucketArgs:
    """Arguments of `AccessLogBucket`."""

    account_id: pulumi.Input[str]
    """The account whose load balancers write here."""
    region: str
    """The stack's region; the bucket and the load balancer share it."""
    days: int
    """Days that logs are kept."""
    partition: pulumi.Input[str] = "aws"
    """The region's partition."""
    protect: bool = False
    """Refuse to delete the bucket; without it, the bucket goes with its logs."""


class AccessLogBucket(Component):
    """A bucket that load balancers of this account and region write access logs to, about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy.
    Guarantees: encrypted by S3's own keys (load balancers can write with no others), private, TLS only, versioned,
    logs expire. `bucket` is known only once the policy stands, without which a load balancer refuses the bucket.

    The policy admits the log delivery service, as AWS recommends for every region; the accounts by region that older
    policies name are not needed beside it.
    """

    def __init__(self, name: str, args: AccessLogBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        bucket = aws.s3.Bucket(self.named(), force_destroy=not args.protect, opts=self.inside(protect=args.protect))
        aws.s3.BucketOwnershipControls(
            self.named("ownership"),
            bucket=bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self.inside(),
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            self.named("encryption"),
            bucket=bucket.bucket,
            rules=[
                aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=(
                        aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                            sse_algorithm="AES256"
                        )
                    )
                )
            ],
            opts=self.inside(),
        )
        self._lifecycle(bucket, args.days)
        block = aws.s3.BucketPublicAccessBlock(
            self.named("public-access"),
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.inside(),
        )
        policy = aws.s3.BucketPolicy(
            self.named("policy"),
            bucket=bucket.bucket,
            policy=document(_statements(bucket.arn, args)),
            # S3 refuses two changes of a bucket's access at once.
            opts=self.inside(depends_on=[block]),
        )
        self.bucket = policy.bucket
        self.done(bucket=self.bucket)

    def _lifecycle(self, bucket: aws.s3.Bucket, days: int) -> None:
        versioning = aws.s3.BucketVersioning(
            self.named("versioning"),
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self.inside(),
        )
        aws.s3.BucketLifecycleConfiguration(
            self.named("lifecycle"),
            bucket=bucket.bucket,
            rules=[
                aws.s3.BucketLifecycleConfigurationRuleArgs(
                    id="expire",
                    status="Enabled",
                    filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
                    expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
                    noncurrent_version_expiration=(
                        aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                            noncurrent_days=NONCURRENT_DAYS
                        )
                    ),
                    abort_incomplete_multipart_upload=(
                        aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                            days_after_initiation=7
                        )
                    ),
                )
            ],
            opts=self.inside(depends_on=[versioning]),
        )


def _statements(bucket_arn: pulumi.Output[str], args: AccessLogBucketArgs) -> list[Statement]:
    balancers = pulumi.Output.format(
        "arn:{0}:elasticloadbalancing:{1}:{2}:loadbalancer/*", args.partition, args.region, args.account_id
    )
    objects = pulumi.Output.concat(bucket_arn, "/*")
    return [
        Statement(
            sid="LogDelivery",
            actions=["s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/", args.account_id, "/*")],
            principals={"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]},
            # The ARN holds account and region, so that nobody else's load balancer can write here.
            conditions={"ArnLike": {"aws:SourceArn": balancers}},
        ),
        Statement(
            sid="TlsOnly",
            effect="Deny",
            actions=["s3:*"],
            resources=[bucket_arn, objects],
            principals="*",
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
    ]
