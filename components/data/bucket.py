"""S3 buckets for the data of services and tasks."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.data.bucket_access import bucket_access
from components.data.bucket_monitoring import BucketMonitoring, bucket_metrics
from components.data.deny_other_encryption import deny_other_encryption
from components.data.private_bucket import private_bucket
from components.data.store import Store, StoreArgs
from components.values import Injection
from settings.data import buckets
from settings.data.buckets import BucketCors, Lifecycle

__all__ = ["Bucket"]

_ARCHIVE_CLASSES = {"instant": "GLACIER_IR", "flexible": "GLACIER"}


class Bucket(Store):
    """A bucket for the data of services and tasks; see `settings.data.buckets.Bucket` for what it costs.

    Without `protect`, it is deleted with its objects.

    Creates: bucket, ownership controls, public access block, encryption, lifecycle, policy; versioning and CORS where
    the settings say so.
    Guarantees: private, no ACLs; TLS 1.2 or newer only; every object encrypted with the given key, whatever the
    request says; older versions and unfinished uploads expire; `name` depends on all of these.
    """

    def __init__(self, name: str, args: StoreArgs[buckets.Bucket], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self._key_arn = args.key_arn
        bucket = private_bucket(
            self,
            protect=args.protect,
            key_arn=args.key_arn,
            versioned=args.settings.versioned,
            rules=[_lifecycle_rule(args.settings.lifecycle)],
            statements=lambda arn: deny_other_encryption(arn, args.key_arn),
        )
        if args.settings.cors is not None:
            self._cors(bucket.name, args.settings.cors)
        self.name = bucket.name
        self.arn = bucket.arn
        metrics = bucket_metrics(bucket.name, args.settings.lifecycle)
        self.monitoring = BucketMonitoring(name=name, metrics=metrics)
        self.done(name=self.name, arn=self.arn)

    def injection(self, variable: str, access: str) -> Injection:
        """The bucket's name in `variable`, and the permissions for `access`."""
        return Injection(
            environment={variable: self.name},
            task_permissions=bucket_access(access, bucket_arn=self.arn, key_arn=self._key_arn),
        )

    def _cors(self, bucket_name: pulumi.Output[str], cors: BucketCors) -> None:
        aws.s3.BucketCorsConfiguration(
            self.child_name("cors"),
            bucket=bucket_name,
            cors_rules=[
                aws.s3.BucketCorsConfigurationCorsRuleArgs(
                    allowed_origins=list(cors.origins),
                    allowed_methods=list(cors.methods),
                    allowed_headers=list(cors.headers),
                    expose_headers=list(cors.expose),
                    max_age_seconds=cors.max_age_s,
                )
            ],
            opts=self.child_opts(),
        )


def _lifecycle_rule(lifecycle: Lifecycle) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    transition_days = {
        "STANDARD_IA": lifecycle.ia_after_days,
        _ARCHIVE_CLASSES[lifecycle.archive]: lifecycle.archive_after_days,
    }
    # Delete markers without older versions: S3 removes them with the expiration by days, or with this flag.
    expiration = aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(
        days=lifecycle.expire_after_days, expired_object_delete_marker=None if lifecycle.expire_after_days else True
    )
    transitions = [
        aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=storage_class)
        for storage_class, days in transition_days.items()
        if days is not None
    ]
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="keep",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        transitions=transitions or None,
        expiration=expiration,
        # Without versioning, too: older versions from before it was suspended would stay.
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=lifecycle.noncurrent_days
        ),
        abort_incomplete_multipart_upload=(
            aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=lifecycle.abort_multipart_days
            )
        ),
    )
