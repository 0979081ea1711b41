"""The bucket of a load balancer's access logs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.base import Component
from components.data.closed_bucket import closed_bucket, log_rule
from components.iam import Statement

__all__ = ["AccessLogBucket", "AccessLogBucketArgs"]


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
        made = closed_bucket(
            self,
            protect=args.protect,
            rules=[log_rule("expire", args.days)],
            statements=lambda arn: [_delivery(arn, args)],
        )
        self.bucket = made.name
        self.done(bucket=self.bucket)


def _delivery(bucket_arn: pulumi.Output[str], args: AccessLogBucketArgs) -> Statement:
    balancers = pulumi.Output.format(
        "arn:{0}:elasticloadbalancing:{1}:{2}:loadbalancer/*", args.partition, args.region, args.account_id
    )
    return Statement(
        sid="LogDelivery",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/", args.account_id, "/*")],
        principals={"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]},
        # The ARN holds account and region, so that nobody else's load balancer can write here.
        conditions={"ArnLike": {"aws:SourceArn": balancers}},
    )
