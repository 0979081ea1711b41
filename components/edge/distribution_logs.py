"""The access logs of a distribution."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.edge.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from components.edge.log_delivery import distribution_logs
from settings.edge.distribution import REGION

__all__ = ["DistributionLogs", "DistributionLogsArgs"]

# All fields that CloudFront offers except cookies, which contain sessions.
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
    """Name of the delivery source and destination, unique in the account; at most 60 letters, digits, hyphens and
    underscores."""
    distribution_arn: pulumi.Input[str]
    """The distribution."""
    account: Account
    """The account, its region and partition."""
    days: int
    """Days after which logs expire."""
    protect: bool = False
    """Refuse to delete the logs."""


class DistributionLogs(Component):
    """Access logs of a distribution as JSON lines in a bucket, about 0.023 USD per GB and month.

    Creates: bucket; delivery source, delivery destination and delivery, in us-east-1, where CloudFront needs them.
    Guarantees: no cookies in the logs; the bucket has ACLs disabled, which CloudFront's legacy logging would need;
    nothing is delivered before the bucket policy exists; what is replaced, such as the source of a distribution that
    is created again, is deleted before its successor is created, since AWS refuses both at once.
    """

    def __init__(self, name: str, args: DistributionLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        bucket = AccessLogBucket(
            self.child_name("bucket"),
            AccessLogBucketArgs(
                account=args.account,
                delivery=distribution_logs(args.account, REGION),
                days=args.days,
                protect=args.protect,
            ),
            opts=self.child_opts(),
        )
        # A name is bound to its distribution or format, and a source delivers to one bucket.
        delete_first = self.child_opts(delete_before_replace=True)
        source = aws.cloudwatch.LogDeliverySource(
            self.child_name("source"),
            name=args.delivery_name,
            log_type="ACCESS_LOGS",
            resource_arn=args.distribution_arn,
            region=REGION,
            opts=delete_first,
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
            opts=delete_first,
        )
        aws.cloudwatch.LogDelivery(
            self.child_name("delivery"),
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
            record_fields=list(_FIELDS),
            region=REGION,
            opts=delete_first,
        )
        self.bucket = bucket.bucket
        self.done(bucket=self.bucket)
