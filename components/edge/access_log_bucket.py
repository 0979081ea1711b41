"""The bucket of access logs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.aws import Account
from components.base import Component
from components.data.private_bucket import log_expiration_rule, private_bucket
from components.edge.log_delivery import LogWriter
from components.iam import Statement

__all__ = ["AccessLogBucket", "AccessLogBucketArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogBucketArgs:
    """Arguments of `AccessLogBucket`."""

    account: Account
    """The account, its region and partition."""
    writer: LogWriter
    """Who writes them."""
    days: int
    """Days that logs are kept."""
    protect: bool = False
    """Refuse to delete the bucket; without it, the bucket goes with its logs."""


class AccessLogBucket(Component):
    """A bucket that one service writes access logs of this account to, about 0.023 USD a GB and month.

    Creates: bucket, ownership controls, public access block, encryption, versioning, lifecycle, policy.
    Guarantees: encrypted by S3's own keys (load balancers can write with no others), private, TLS only, versioned,
    logs expire. `bucket` and `arn` are known only once the policy stands, without which a service refuses the bucket.
    """

    def __init__(self, name: str, args: AccessLogBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        made = private_bucket(
            self,
            protect=args.protect,
            rules=[log_expiration_rule("expire", args.days)],
            statements=lambda arn: [_delivery(arn, args)],
        )
        self.bucket = made.name
        # Known as late as the name, once the policy stands.
        self.arn = pulumi.Output.all(made.arn, made.name).apply(lambda known: known[0])
        self.done(bucket=self.bucket)


def _delivery(bucket_arn: pulumi.Output[str], args: AccessLogBucketArgs) -> Statement:
    return Statement(
        sid="LogDelivery",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/AWSLogs/", args.account.id, "/*")],
        principals={"Service": [args.writer.service]},
        conditions=args.writer.conditions,
    )
