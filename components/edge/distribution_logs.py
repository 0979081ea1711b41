"""The access logs of a distribution."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.edge.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from components.edge.log_delivery import distributions
from settings.edge.distribution import REGION

__all__ = ["DistributionLogs", "DistributionLogsArgs"]

# All that CloudFront can tell of a request but its cookies, which hold sessions.
_FIELDS = (
    "date",
    "time",
    "x-edge-location",
    "sc-bytes",
    "c-ip",
    "cs-method",
    "cs(Host)",
    "cs-uri-stem",
    "sc-status",
    "cs(Referer)",
    "cs(User-Agent)",
    "cs-uri-query",
    "x-edge-result-type",
    "x-edge-request-id",
    "x-host-header",
    "cs-protocol",
    "cs-bytes",
    "time-taken",
    "x-forwarded-for",
    "ssl-protocol",
    "ssl-cipher",
    "x-edge-response-result-type",
    "cs-protocol-version",
    "fle-status",
    "fle-encrypted-fields",
    "c-port",
    "time-to-first-byte",
    "x-edge-detailed-result-type",
    "sc-content-type",
    "sc-content-len",
    "sc-range-start",
    "sc-range-end",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionLogsArgs:
    """Arguments of `DistributionLogs`."""

    delivery_name: str
    """Name of the delivery's ends, unique in the account; at most 60 letters, digits, hyphens and underscores."""
    distribution_arn: pulumi.Input[str]
    """The distribution."""
    account: Account
    """The account, its region and partition."""
    days: int
    """Days that logs are kept."""
    protect: bool = False
    """Refuse to delete the logs."""


class DistributionLogs(Component):
    """Access logs of a distribution as JSON lines in a bucket, about 0.023 USD a GB and month.

    Creates: bucket, and source, destination and delivery of the logs, in us-east-1 where CloudFront's are made.
    Guarantees: no cookies in the logs; the bucket takes no access lists, which CloudFront's older way of logging asks
    for; nothing is delivered before the bucket's policy stands; what is replaced, as when somebody deleted the
    distribution and it is made anew, goes before its successor comes, which AWS refuses beside it.
    """

    def __init__(self, name: str, args: DistributionLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        bucket = AccessLogBucket(
            self.child_name("bucket"),
            AccessLogBucketArgs(
                account=args.account,
                writer=distributions(args.account, REGION),
                days=args.days,
                protect=args.protect,
            ),
            opts=self.child_opts(),
        )
        # A name is bound to its distribution or format, and a source delivers to one bucket.
        alone = self.child_opts(delete_before_replace=True)
        source = aws.cloudwatch.LogDeliverySource(
            self.child_name("source"),
            name=args.delivery_name,
            log_type="ACCESS_LOGS",
            resource_arn=args.distribution_arn,
            region=REGION,
            opts=alone,
        )
        destination = aws.cloudwatch.LogDeliveryDestination(
            self.child_name("destination"),
            name=args.delivery_name,
            output_format="json",
            delivery_destination_configuration=(
                aws.cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
                    destination_resource_arn=bucket.arn
                )
            ),
            region=REGION,
            opts=alone,
        )
        aws.cloudwatch.LogDelivery(
            self.child_name("delivery"),
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
            record_fields=list(_FIELDS),
            region=REGION,
            opts=alone,
        )
        self.bucket = bucket.bucket
        self.done(bucket=self.bucket)
