"""A VPC that exists already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.aws import Account
from components.base import Component
from components.networking.endpoints import Endpoints, EndpointsArgs
from components.values import Peer
from settings.networking.existing import ExistingVpc

__all__ = ["ExistingNetwork", "ExistingNetworkArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingNetworkArgs:
    """Arguments of `ExistingNetwork`."""

    settings: ExistingVpc
    """The VPC, its subnets, and what else it has."""
    account: Account
    """The account, its region and partition."""
    reaches_internet: bool
    """Whether the private subnets have a way to the internet, as the settings state it."""
    endpoints: Sequence[str] = ()
    """Interface endpoints to make, by short service name."""


class ExistingNetwork(Component):
    """A VPC that exists already, with subnets, routes and NAT of somebody else's.

    Creates: for `endpoints` one security group and an interface endpoint each, in the private subnets.
    Guarantees: the VPC, its subnets, route tables, gateways, flow logs and security groups are neither made nor
    changed; endpoints that are there get no rules, their owner admits the private subnets.
    """

    def __init__(self, name: str, args: ExistingNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        settings = args.settings
        self.vpc_id = settings.vpc_id
        self.public_subnet_ids = list(settings.public_subnet_ids)
        self.private_subnet_ids = list(settings.private_subnet_ids)
        self.isolated_subnet_ids = list(settings.data_subnet_ids)
        self.reaches_internet = args.reaches_internet
        self.s3_prefix_list_id = settings.s3_prefix_list_id
        self.flow_log_group_name: pulumi.Input[str] | None = None
        self.public_dependencies: Sequence[pulumi.Resource] = ()
        self.private_dependencies: Sequence[pulumi.Resource] = ()
        self.endpoints: list[Peer] = []
        if settings.endpoints is not None:
            group = settings.endpoints.security_group_id
            self.endpoints.append(Peer(name="existing-endpoints", security_group_id=group, port=443, imported=True))
        if args.endpoints:
            made = Endpoints(
                self.child_name("endpoints"),
                EndpointsArgs(
                    vpc_id=settings.vpc_id,
                    account=args.account,
                    subnet_ids=self.private_subnet_ids,
                    services=args.endpoints,
                ),
                opts=self.child_opts(),
            )
            self.endpoints.extend(made.endpoints)
            self.private_dependencies = made.dependencies
        self.done(vpc_id=self.vpc_id)
