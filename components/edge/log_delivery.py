"""The services that deliver access logs to a bucket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.aws import Account

__all__ = ["LogWriter", "distributions", "load_balancers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWriter:
    """The service that delivers logs, as AWS asks it to be admitted."""

    service: str
    """Its principal."""
    conditions: Mapping[str, Mapping[str, pulumi.Input[str]]]
    """What must hold, so that it writes for nobody else's resources."""


def load_balancers(account: Account) -> LogWriter:
    """The load balancers of an account and region, as AWS recommends for every region.

    The accounts by region that older policies name are not needed beside it.
    """
    arns = account.arn("elasticloadbalancing", "loadbalancer/*")
    return LogWriter(
        service="logdelivery.elasticloadbalancing.amazonaws.com", conditions={"ArnLike": {"aws:SourceArn": arns}}
    )


def distributions(account: Account, region: str) -> LogWriter:
    """The log deliveries of an account in `region`, where CloudFront's are.

    In AWS's own words: a statement that says less makes AWS append one of its own.
    """
    arns = account.arn("logs", "delivery-source:*", region=region)
    return LogWriter(
        service="delivery.logs.amazonaws.com",
        conditions={
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": account.id},
            "ArnLike": {"aws:SourceArn": arns},
        },
    )
