"""VPC endpoints: access to AWS services without the internet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.values import Peer

__all__ = ["Endpoints", "EndpointsArgs"]

# Services with a gateway endpoint, and their names for people.
_NAMES = {"s3": "S3", "dynamodb": "DynamoDB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointsArgs:
    """Arguments of `Endpoints`."""

    vpc_id: pulumi.Input[str]
    """The VPC."""
    account: Account
    """The account, its region and partition."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets, for the interface endpoints."""
    route_table_ids: Sequence[pulumi.Input[str]] = ()
    """Route tables for the gateway endpoints, including the isolated tier's; empty in an existing
    VPC, where the stack creates no gateway endpoints."""
    dynamodb: bool = False
    """Whether there is a gateway endpoint for DynamoDB, too."""
    services: Sequence[str] = ()
    """Interface endpoints by short service name, such as `ecr.api`."""


class Endpoints(Component):
    """Gateway endpoints for S3 and, by setting, DynamoDB, free of charge; interface endpoints, 7 USD a month and zone.

    Creates: with route tables the gateway endpoints; with `services` one security group, and an interface endpoint
    for each service, with private DNS, so that clients need no change.
    Guarantees: the security group has no rules of its own; each client needs a `Connection`.
    """

    def __init__(self, name: str, args: EndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        gateways = {
            service: aws.ec2.VpcEndpoint(
                self.child_name(service),
                vpc_id=args.vpc_id,
                service_name=f"com.amazonaws.{args.account.region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=list(args.route_table_ids),
                opts=self.child_opts(),
            )
            for service in _NAMES
            if args.route_table_ids and (service == "s3" or args.dynamodb)
        }
        s3 = gateways.get("s3")
        self.gateways: Mapping[str, pulumi.Input[str]] = {
            _NAMES[service]: gateway.prefix_list_id for service, gateway in gateways.items()
        }
        self.endpoints: Sequence[Peer] = ()
        self.dependencies: Sequence[pulumi.Resource] = ()
        if args.services:
            peer, interfaces = self._interfaces(args)
            self.endpoints = [peer]
            # ECR stores image layers in S3.
            self.dependencies = [*([s3] if s3 is not None else []), *interfaces]
        self.done()

    def _interfaces(self, args: EndpointsArgs) -> tuple[Peer, list[pulumi.Resource]]:
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description="Interface endpoints of AWS services",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        interfaces: list[pulumi.Resource] = [
            aws.ec2.VpcEndpoint(
                self.child_name(service.replace(".", "-")),
                vpc_id=args.vpc_id,
                service_name=f"com.amazonaws.{args.account.region}.{service}",
                vpc_endpoint_type="Interface",
                subnet_ids=list(args.subnet_ids),
                security_group_ids=[group.id],
                private_dns_enabled=True,
                opts=self.child_opts(),
            )
            for service in args.services
        ]
        return Peer(name="endpoints", security_group_id=group.id, port=443), interfaces
