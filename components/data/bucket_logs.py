"""The access logs of a stack's buckets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.private_bucket import log_rule, private_bucket
from components.iam import Statement

__all__ = ["BucketLogs", "BucketLogsArgs", "Logged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A bucket whose requests are logged."""

    name: pulumi.Input[str]
    arn: pulumi.Input[str]
    days: int
    """Days that its logs are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketLogsArgs:
    """Arguments of `BucketLogs`."""

    sources: Mapping[str, Logged]
    """The buckets by their name in the settings, below which their logs stand."""
    account: Account
    """The account, its region and partition."""
    protect: bool
    """Refuse to delete the logs."""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a log bucket without sources logs nothing; name one, or leave it out")


class BucketLogs(Component):
    """A log of every request to the given buckets, delivered within hours; about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy, and the logging
    of each source.
    Guarantees: encrypted by S3's own keys (logs can be delivered with no others), private, TLS only, versioned; S3
    writes for these buckets of this account only, each below its name; logs expire.
    Errors: ValueError without sources.
    """

    def __init__(self, name: str, args: BucketLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        made = private_bucket(
            self,
            protect=args.protect,
            rules=[log_rule(source, logged.days, prefix=f"{source}/") for source, logged in args.sources.items()],
            statements=lambda arn: [_delivery(arn, args)],
        )
        for source, logged in args.sources.items():
            aws.s3.BucketLogging(
                self.child_name(f"of-{source}"),
                bucket=logged.name,
                target_bucket=made.name,
                target_prefix=f"{source}/",
                target_object_key_format=aws.s3.BucketLoggingTargetObjectKeyFormatArgs(
                    # By the request's own day, which is what one looks for.
                    partitioned_prefix=aws.s3.BucketLoggingTargetObjectKeyFormatPartitionedPrefixArgs(
                        partition_date_source="EventTime"
                    )
                ),
                opts=self.child_opts(),
            )
        self.name = made.name
        self.done(name=self.name)


def _delivery(bucket_arn: pulumi.Output[str], args: BucketLogsArgs) -> Statement:
    return Statement(
        sid="LogDelivery",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, f"/{source}/*") for source in args.sources],
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={
            "ArnLike": {"aws:SourceArn": [logged.arn for logged in args.sources.values()]},
            "StringEquals": {"aws:SourceAccount": args.account.id},
        },
    )
