"""The stack's VPC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.networking import cidr
from components.networking.endpoints import Endpoints, EndpointsArgs
from components.networking.flow_logs import FlowLogs, FlowLogsArgs
from components.networking.nat import NatGateways, NatGatewaysArgs, NatInstance, NatInstanceArgs
from settings.networking import Networking

__all__ = ["Network", "NetworkArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkArgs:
    """Arguments of `Network`."""

    settings: Networking
    """CIDR block, zones, NAT, flow logs."""
    account: Account
    """The account, its region and partition."""
    key_arn: pulumi.Input[str] | None = None
    """The key that encrypts the flow logs."""
    endpoints: Sequence[str] = ()
    """Endpoints by short service name: interface endpoints, and the gateway endpoint of `dynamodb`."""


class Network(Component):
    """A VPC with public, private and isolated subnets in named zones.

    Creates: VPC, internet gateway, a subnet per tier and zone, route tables (one public, one private per zone, one
    isolated), NAT as in the settings, gateway endpoints for S3 and, by setting, DynamoDB on every private and isolated
    route table, interface endpoints as in the arguments, flow logs.
    Guarantees: only public subnets have a route to the internet gateway, and isolated ones no route to the internet at
    all; no subnet assigns public addresses; the default security group is empty; an appended zone renumbers nothing.
    """

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        settings = args.settings
        self._cidrs = _subnet_cidrs(settings)
        vpc = aws.ec2.Vpc(
            self.child_name(),
            cidr_block=settings.cidr,
            enable_dns_support=True,
            enable_dns_hostnames=True,
            opts=self.child_opts(),
        )
        self.vpc_id = vpc.id
        aws.ec2.DefaultSecurityGroup(self.child_name("default"), vpc_id=vpc.id, opts=self.child_opts())
        gateway = aws.ec2.InternetGateway(self.child_name("igw"), vpc_id=vpc.id, opts=self.child_opts())
        self.public_subnet_ids = self._subnets("public", settings.zones)
        self.private_subnet_ids = self._subnets("private", settings.zones)
        self.isolated_subnet_ids = self._subnets("isolated", settings.zones)
        # AWS refuses an internet-facing load balancer before these exist.
        self.public_dependencies: Sequence[pulumi.Resource] = [gateway, *self._public_routes(gateway)]
        private = [
            self._route_table(f"private-{i}", [subnet_id]) for i, subnet_id in enumerate(self.private_subnet_ids)
        ]
        private_tables = [table for table, _ in private]
        isolated_table, _ = self._route_table("isolated", self.isolated_subnet_ids)
        nat_routes = self._nat_routes(args, gateway, private_tables)
        self.reaches_internet = bool(nat_routes)
        endpoints = Endpoints(
            self.child_name("endpoints"),
            EndpointsArgs(
                vpc_id=vpc.id,
                account=args.account,
                route_table_ids=[*private_tables, isolated_table],
                subnet_ids=self.private_subnet_ids,
                dynamodb="dynamodb" in args.endpoints,
                services=[name for name in args.endpoints if name != "dynamodb"],
            ),
            opts=self.child_opts(),
        )
        self.endpoints = endpoints.endpoints
        # A task that starts before these exist cannot pull its image; one that outlives them loses the internet.
        self.private_dependencies: Sequence[pulumi.Resource] = [
            *(association for _, associations in private for association in associations),
            *nat_routes,
            *endpoints.dependencies,
        ]
        self.gateways = endpoints.gateways
        self.flow_log_group_name: pulumi.Input[str] | None = FlowLogs(
            self.child_name("flow-logs"),
            FlowLogsArgs(settings=settings.flow_logs, vpc_id=vpc.id, account=args.account, key_arn=args.key_arn),
            opts=self.child_opts(),
        ).log_group_name
        self.done(vpc_id=self.vpc_id)

    def _subnets(self, tier: str, zones: Sequence[str]) -> list[pulumi.Output[str]]:
        return [
            aws.ec2.Subnet(
                self.child_name(f"{tier}-{i}"),
                vpc_id=self.vpc_id,
                cidr_block=block,
                availability_zone=zone,
                map_public_ip_on_launch=False,
                tags={"Tier": tier},
                opts=self.child_opts(),
            ).id
            for i, (zone, block) in enumerate(zip(zones, self._cidrs[tier], strict=True))
        ]

    def _route_table(
        self, role: str, subnet_ids: Sequence[pulumi.Output[str]]
    ) -> tuple[pulumi.Output[str], list[pulumi.Resource]]:
        """A route table and the associations of its subnets."""
        table = aws.ec2.RouteTable(self.child_name(role), vpc_id=self.vpc_id, opts=self.child_opts())
        associations: list[pulumi.Resource] = [
            aws.ec2.RouteTableAssociation(
                self.child_name(f"{role}-to-{i}"), route_table_id=table.id, subnet_id=subnet_id, opts=self.child_opts()
            )
            for i, subnet_id in enumerate(subnet_ids)
        ]
        return table.id, associations

    def _public_routes(self, gateway: aws.ec2.InternetGateway) -> list[pulumi.Resource]:
        table, associations = self._route_table("public", self.public_subnet_ids)
        route = aws.ec2.Route(
            self.child_name("public-default"),
            route_table_id=table,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=gateway.id,
            opts=self.child_opts(),
        )
        return [*associations, route]

    def _nat_routes(
        self, args: NetworkArgs, gateway: aws.ec2.InternetGateway, tables: Sequence[pulumi.Output[str]]
    ) -> list[pulumi.Resource]:
        """The private subnets' default routes, and the NAT instance if there is one; empty without NAT."""
        mode = args.settings.nat
        if mode == "none":
            return []
        if mode == "instance":
            nat_instance = NatInstance(
                self.child_name("nat"),
                NatInstanceArgs(
                    vpc_id=self.vpc_id,
                    subnet_id=self.public_subnet_ids[0],
                    client_cidrs=self._cidrs["private"],
                    internet_gateway=gateway,
                    public_dependencies=self.public_dependencies,
                ),
                opts=self.child_opts(),
            )
            interface_id = nat_instance.interface_id
            routes = [self._default_route(i, table, interface=interface_id) for i, table in enumerate(tables)]
            return [*routes, nat_instance.instance]
        subnets = self.public_subnet_ids if mode == "per-zone" else self.public_subnet_ids[:1]
        nat = NatGateways(
            self.child_name("nat"),
            NatGatewaysArgs(subnet_ids=subnets, internet_gateway=gateway),
            opts=self.child_opts(),
        )
        return [self._default_route(i, table, nat_gateway=nat.ids[i % len(nat.ids)]) for i, table in enumerate(tables)]

    def _default_route(
        self,
        index: int,
        table: pulumi.Output[str],
        *,
        nat_gateway: pulumi.Output[str] | None = None,
        interface: pulumi.Output[str] | None = None,
    ) -> aws.ec2.Route:
        return aws.ec2.Route(
            self.child_name(f"private-{index}-default"),
            route_table_id=table,
            destination_cidr_block="0.0.0.0/0",
            nat_gateway_id=nat_gateway,
            network_interface_id=interface,
            opts=self.child_opts(),
        )


def _subnet_cidrs(settings: Networking) -> dict[str, list[str]]:
    """The CIDR blocks of each tier: the ones in the settings, or those of the plan."""
    subnets = settings.subnets
    if subnets is None:
        return cidr.plan(settings.cidr, len(settings.zones))
    return {tier: list(getattr(subnets, tier)) for tier in cidr.TIERS}
