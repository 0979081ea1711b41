"""The bucket of access logs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.aws import Account
from components.base import Component
from components.data.private_bucket import log_expiration_rule, private_bucket
from components.edge.log_delivery import LogDeliveryService
from components.iam import Statement

__all__ = ["AccessLogBucket", "AccessLogBucketArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogBucketArgs:
    """Arguments of `AccessLogBucket`."""

    account: Account
    """The account, its region and partition."""
    delivery: LogDeliveryService
    """The service that delivers the logs."""
    days: int
    """Days after which logs expire."""
    protect: bool = False
    """Refuse to delete the bucket; without it, the bucket is deleted together with its logs."""


class AccessLogBucket(Component):
    """A bucket for the access logs that one AWS service delivers, about 0.023 USD per GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy.
    Guarantees: encrypted with S3's own keys (load balancers support no others), private, TLS only, versioned; logs
    expire. `bucket` and `arn` resolve only once the policy exists, since a service refuses a bucket without it.
    """

    def __init__(self, name: str, args: AccessLogBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        bucket = private_bucket(
            self,
            protect=args.protect,
            rules=[log_expiration_rule("expire", args.days)],
            statements=lambda arn: [_allow_delivery(arn, args)],
        )
        self.bucket = bucket.name
        # Resolves together with the name, once the policy exists.
        self.arn = pulumi.Output.all(bucket.arn, bucket.name).apply(lambda arn_and_name: arn_and_name[0])
        self.done(bucket=self.bucket)


def _allow_delivery(bucket_arn: pulumi.Output[str], args: AccessLogBucketArgs) -> Statement:
    return Statement(
        sid="LogDelivery",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/", args.account.id, "/*")],
        principals={"Service": [args.delivery.principal]},
        conditions=args.delivery.conditions,
    )
