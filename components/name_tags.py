"""The Name tag of what the console lists by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pulumi

__all__ = ["name_tags"]

_NAMED = frozenset(
    {
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
        "aws:ec2/eip:Eip",
        "aws:ec2/flowLog:FlowLog",
        "aws:ec2/instance:Instance",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/networkInterface:NetworkInterface",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:efs/accessPoint:AccessPoint",
        "aws:efs/fileSystem:FileSystem",
    }
)
"""Types that have no name of their own, or whose list in the console shows the tag first."""

Transformation = Callable[[pulumi.ResourceTransformationArgs], pulumi.ResourceTransformationResult | None]


def name_tags(stack: str) -> Transformation:
    """Tags VPCs, subnets, route tables, gateways, security groups, instances and file systems with a Name.

    The name is the stack's and the resource's logical one, `dev-network-private-0`; a Name that a component sets itself
    stays.
    """

    def tag(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        own = args.props.get("tags") or {}
        if args.type_ not in _NAMED or not isinstance(own, Mapping):
            return None
        tags = {"Name": f"{stack}-{args.name}", **own}
        return pulumi.ResourceTransformationResult(props={**args.props, "tags": tags}, opts=args.opts)

    return tag
