"""VPC flow logs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.identity.role import Role, RoleArgs
from components.values import Permission
from settings.networking import FlowLogs as FlowLogSettings

__all__ = ["FlowLogs", "FlowLogsArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLogsArgs:
    """Arguments of `FlowLogs`."""

    settings: FlowLogSettings
    """Type of traffic and retention."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    account: Account
    """The account, its region and partition."""
    key_arn: pulumi.Input[str] | None = None
    """The key that encrypts the log; by default CloudWatch's own."""


class FlowLogs(Component):
    """Flow logs of a VPC in CloudWatch Logs, about 0.50 USD per GB.

    Creates: log group, role, flow log.
    Guarantees: logs expire; the role can write to this log group only, and is assumed for this account only.
    """

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        group = aws.cloudwatch.LogGroup(
            self.child_name(),
            retention_in_days=args.settings.log_retention_days,
            kms_key_id=args.key_arn,
            opts=self.child_opts(),
        )
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="vpc-flow-logs.amazonaws.com",
                description="Writes the VPC's flow logs",
                conditions=args.account.is_source,
                permissions=[
                    Permission(
                        actions=["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                        resources=[group.arn, pulumi.Output.concat(group.arn, ":*")],
                    )
                ],
            ),
            opts=self.child_opts(),
        )
        aws.ec2.FlowLog(
            self.child_name("log"),
            vpc_id=args.vpc_id,
            traffic_type=args.settings.traffic,
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=600,
            opts=self.child_opts(depends_on=role.policies),
        )
        self.log_group_name = group.name
        self.done()
