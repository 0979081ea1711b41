"""The access logs of a stack's buckets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.private_bucket import log_expiration_rule, private_bucket
from components.iam import Statement

__all__ = ["BucketLogs", "BucketLogsArgs", "LogSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSource:
    """A bucket whose requests are logged."""

    name: pulumi.Input[str]
    arn: pulumi.Input[str]
    days: int
    """Days that its logs are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketLogsArgs:
    """Arguments of `BucketLogs`."""

    sources: Mapping[str, LogSource]
    """The buckets by their name in the settings, which is the prefix of their logs."""
    account: Account
    """The account, its region and partition."""
    protect: bool
    """Refuse to delete the logs."""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a log bucket without sources logs nothing; name a source, or do not create the bucket")


class BucketLogs(Component):
    """A bucket for the server access logs of the given buckets, delivered within hours; about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy, and the logging
    configuration of each source.
    Guarantees: encrypted with S3's own keys (log delivery supports no others), private, TLS only, versioned; S3 may
    write logs of these buckets of this account only, each with its own prefix; logs expire.
    Errors: ValueError without sources.
    """

    def __init__(self, name: str, args: BucketLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        bucket = private_bucket(
            self,
            protect=args.protect,
            rules=[
                log_expiration_rule(prefix, source.days, prefix=f"{prefix}/") for prefix, source in args.sources.items()
            ],
            statements=lambda arn: [_log_delivery_statement(arn, args)],
        )
        for prefix, source in args.sources.items():
            aws.s3.BucketLogging(
                self.child_name(f"of-{prefix}"),
                bucket=source.name,
                target_bucket=bucket.name,
                target_prefix=f"{prefix}/",
                target_object_key_format=aws.s3.BucketLoggingTargetObjectKeyFormatArgs(
                    # By the day of the request and not of the delivery, since that is what people look for.
                    partitioned_prefix=aws.s3.BucketLoggingTargetObjectKeyFormatPartitionedPrefixArgs(
                        partition_date_source="EventTime"
                    )
                ),
                opts=self.child_opts(),
            )
        self.name = bucket.name
        self.done(name=self.name)


def _log_delivery_statement(bucket_arn: pulumi.Output[str], args: BucketLogsArgs) -> Statement:
    return Statement(
        sid="LogDelivery",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, f"/{prefix}/*") for prefix in args.sources],
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={
            "ArnLike": {"aws:SourceArn": [source.arn for source in args.sources.values()]},
            "StringEquals": {"aws:SourceAccount": args.account.id},
        },
    )
