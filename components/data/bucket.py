"""Buckets for what programs keep."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.bucket_access import bucket_access
from components.data.bucket_metrics import bucket_metrics
from components.data.deny_other_encryption import deny_other_encryption
from components.data.private_bucket import private_bucket
from components.values import Injection
from settings.data import buckets as bucket
from settings.data.buckets import BucketAccess, BucketCors, Lifecycle

__all__ = ["Bucket", "BucketArgs"]

_ARCHIVES = {"instant": "GLACIER_IR", "flexible": "GLACIER"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketArgs:
    """Arguments of `Bucket`."""

    settings: bucket.Bucket
    """What the stack's settings say about it."""
    key_arn: pulumi.Input[str]
    """The key that encrypts objects; retain it when `protect`."""
    protect: bool
    """Refuse to delete the bucket; without it, the bucket goes with its objects."""


class Bucket(Component):
    """A bucket for what programs keep; see `settings.bucket.Bucket` for what it costs.

    Creates: bucket, ownership controls, public access block, encryption, versioning if asked for, lifecycle, policy,
    CORS if asked for.
    Guarantees: private, no ACLs; TLS 1.2 or newer only; every object encrypted with the given key, whatever the
    request asks for; older versions and unfinished uploads go with time; nobody gets its name before all that stands.
    """

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self._key_arn = args.key_arn
        made = private_bucket(
            self,
            protect=args.protect,
            key_arn=args.key_arn,
            versioned=args.settings.versioned,
            rules=[_rule(args.settings.lifecycle)],
            statements=lambda arn: deny_other_encryption(arn, args.key_arn),
        )
        if args.settings.cors is not None:
            self._cors(made.name, args.settings.cors)
        self.name = made.name
        self.arn = made.arn
        self.metrics = bucket_metrics(made.name, args.settings.lifecycle)
        self.done(name=self.name, arn=self.arn)

    def injection(self, variable: str, access: BucketAccess) -> Injection:
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


def _rule(lifecycle: Lifecycle) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    moves = {"STANDARD_IA": lifecycle.ia_after_days, _ARCHIVES[lifecycle.archive]: lifecycle.archive_after_days}
    # What deletions leave behind goes with the objects' expiry, or else must be asked for.
    expiration = aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(
        days=lifecycle.expire_after_days, expired_object_delete_marker=None if lifecycle.expire_after_days else True
    )
    transitions = [
        aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=storage_class)
        for storage_class, days in moves.items()
        if days is not None
    ]
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="keep",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        transitions=transitions or None,
        expiration=expiration,
        # Without versioning, too: what was versioned before keeps its older versions.
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=lifecycle.noncurrent_days
        ),
        abort_incomplete_multipart_upload=(
            aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=lifecycle.abort_multipart_days
            )
        ),
    )
