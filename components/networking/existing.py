"""An existing VPC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """The VPC, its subnets and its endpoints."""
    account: Account
    """The account, its region and partition."""
    reaches_internet: bool
    """Whether the private subnets have a route to the internet, as the settings say."""
    endpoints: Sequence[str] = ()
    """Interface endpoints to create, by short service name."""


class ExistingNetwork(Component):
    """An existing VPC, whose subnets, routes and NAT are managed elsewhere.

    Creates: with `endpoints` one security group, and an interface endpoint for each service in the private subnets.
    Guarantees: VPC, subnets, route tables, gateways, flow logs and security groups are neither created nor changed;
    existing endpoints get no rules: their owner must admit the private subnets.
    """

    def __init__(self, name: str, args: ExistingNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        settings = args.settings
        self.vpc_id = settings.vpc_id
        self.public_subnet_ids = list(settings.public_subnet_ids)
        self.private_subnet_ids = list(settings.private_subnet_ids)
        self.isolated_subnet_ids = list(settings.data_subnet_ids)
        self.reaches_internet = args.reaches_internet
        lists = {"S3": settings.s3_prefix_list_id, "DynamoDB": settings.dynamodb_prefix_list_id}
        self.gateways: Mapping[str, pulumi.Input[str]] = {name: id_ for name, id_ in lists.items() if id_ is not None}
        self.flow_log_group_name: pulumi.Input[str] | None = None
        self.public_dependencies: Sequence[pulumi.Resource] = ()
        self.private_dependencies: Sequence[pulumi.Resource] = ()
        self.endpoints: list[Peer] = []
        if settings.endpoints is not None:
            group = settings.endpoints.security_group_id
            self.endpoints.append(Peer(name="existing-endpoints", security_group_id=group, port=443, imported=True))
        if args.endpoints:
            created = Endpoints(
                self.child_name("endpoints"),
                EndpointsArgs(
                    vpc_id=settings.vpc_id,
                    account=args.account,
                    subnet_ids=self.private_subnet_ids,
                    services=args.endpoints,
                ),
                opts=self.child_opts(),
            )
            self.endpoints.extend(created.endpoints)
            self.private_dependencies = created.dependencies
        self.done(vpc_id=self.vpc_id)
