"""The services that deliver access logs to a bucket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.aws import Account

__all__ = ["LogDeliveryService", "distribution_logs", "load_balancer_logs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDeliveryService:
    """The service that delivers logs, as AWS documents it for the bucket policy."""

    principal: str
    """The service principal."""
    conditions: Mapping[str, Mapping[str, pulumi.Input[str]]]
    """Conditions of the statement, so that the service writes only for resources of this account."""


def load_balancer_logs(account: Account) -> LogDeliveryService:
    """Log delivery of the load balancers of an account and region, as AWS recommends for every region.

    The account ids by region that older policies list are not needed.
    """
    arns = account.arn("elasticloadbalancing", "loadbalancer/*")
    return LogDeliveryService(
        principal="logdelivery.elasticloadbalancing.amazonaws.com", conditions={"ArnLike": {"aws:SourceArn": arns}}
    )


def distribution_logs(account: Account, region: str) -> LogDeliveryService:
    """Log delivery of the distributions of an account, by way of `region`.

    The conditions are exactly AWS's: where one is missing, AWS appends a statement of its own to the policy.
    """
    arns = account.arn("logs", "delivery-source:*", region=region)
    return LogDeliveryService(
        principal="delivery.logs.amazonaws.com",
        conditions={
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": account.id},
            "ArnLike": {"aws:SourceArn": arns},
        },
    )
