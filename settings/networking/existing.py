"""Settings of a network that exists already."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.ids import PrefixListId, SecurityGroupId, SubnetId, VpcId
from settings.model import Fault, Model, refuse
from settings.types import EndpointService

__all__ = ["ExistingEndpoints", "ExistingVpc", "faults_beside"]

_TIERS = ("public_subnet_ids", "private_subnet_ids", "isolated_subnet_ids")
_MADE = {
    "cidr": "is the size of a new VPC",
    "nat": "creates NAT; in an existing VPC, `egress` says what its subnets reach",
    "subnets": "describes new subnets; name existing ones in existing.private_subnet_ids and its siblings",
    "flow_logs": "belong to the owner of the VPC",
}


class ExistingEndpoints(Model):
    """Interface endpoints that the VPC already has, with private DNS."""

    services: Annotated[tuple[EndpointService, ...], Field(min_length=1)]
    """Their short service names (`ecr.api`, `logs`, …); the stack creates none of these."""
    security_group_id: SecurityGroupId
    """Their security group; its owner admits the private subnets on port 443."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(Fault("services", f"names {name}, which is a gateway endpoint; remove it") for name in _gateways(self))
        return self


class ExistingVpc(Model):
    """An existing VPC with its subnets, routes and NAT, none of which the stack changes. DNS support and DNS
    hostnames must be on. Each tier has one subnet for each of `zones`, in the same order."""

    vpc_id: VpcId
    """The VPC, in the stack's account and region."""
    public_subnet_ids: tuple[SubnetId, ...] = ()
    """Subnets with a route to an internet gateway, for an internet-facing load balancer."""
    private_subnet_ids: Annotated[tuple[SubnetId, ...], Field(min_length=1)]
    """Subnets without such a route, for tasks and internal load balancers; `egress` says what they reach."""
    isolated_subnet_ids: tuple[SubnetId, ...] = ()
    """Subnets for data stores; by default the private ones."""
    s3_prefix_list_id: PrefixListId | None = None
    """With `egress: aws-only`: the region's prefix list of S3. A gateway endpoint of S3 must be in the private
    subnets' route tables."""
    dynamodb_prefix_list_id: PrefixListId | None = None
    """With `egress: aws-only`, for services that use DynamoDB: the region's prefix list of it. Its gateway endpoint
    must be in the private subnets' route tables."""
    endpoints: ExistingEndpoints | None = None
    """With `egress: aws-only`: existing interface endpoints; the stack creates the others that services need."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        taken: dict[str, str] = {}
        faults = []
        for tier in _TIERS:
            for i, subnet in enumerate(getattr(self, tier)):
                if subnet in taken:
                    faults.append(
                        Fault(
                            f"{tier}[{i}]",
                            f"{subnet} is in {taken[subnet]} already; a subnet has one zone and one tier, name another",
                        )
                    )
                taken.setdefault(subnet, tier)
        refuse(faults)
        return self

    @property
    def data_subnet_ids(self) -> tuple[str, ...]:
        """Subnets of the data stores."""
        return self.isolated_subnet_ids or self.private_subnet_ids

    @property
    def endpoint_services(self) -> tuple[str, ...]:
        """Services with an interface endpoint in the VPC."""
        return self.endpoints.services if self.endpoints else ()


def faults_beside(
    existing: ExistingVpc,
    *,
    given: Set[str],
    zones: int,
    egress: Literal["internet", "aws-only"],
    endpoints: tuple[str, ...],
) -> Iterator[Fault]:
    """Settings that have no effect with an existing VPC, and wrong counts of subnets."""
    for key, reason in _MADE.items():
        if key in given:
            yield Fault(key, f"{reason}; remove it, since existing is set")
    for tier in _TIERS:
        count = len(getattr(existing, tier))
        if count not in (0, zones):
            yield Fault(
                f"existing.{tier}",
                f"has {count} entries for {zones} zones; name one for each zone, in the order of zones",
            )
    if "egress" not in given:
        yield Fault(
            "egress",
            "is missing: the routes of an existing VPC are not read; write internet if its private subnets "
            "reach it, else aws-only",
        )
    else:
        yield from _egress_faults(existing, egress)
    for name in endpoints:
        if name == "dynamodb":
            yield Fault(
                "endpoints", "names dynamodb, a gateway endpoint, which belongs to the existing VPC; add it there"
            )
        if name in existing.endpoint_services:
            yield Fault(
                "endpoints",
                f"names {name}, which existing.endpoints has, and a VPC takes one with private DNS; name it once",
            )


def _egress_faults(existing: ExistingVpc, egress: Literal["internet", "aws-only"]) -> Iterator[Fault]:
    if egress == "aws-only" and existing.s3_prefix_list_id is None:
        yield Fault(
            "existing.s3_prefix_list_id",
            "is missing: with egress: aws-only, images come through the S3 gateway only; name the list that "
            "`aws ec2 describe-managed-prefix-lists` shows for com.amazonaws.<region>.s3",
        )
    for key in ("s3_prefix_list_id", "dynamodb_prefix_list_id", "endpoints"):
        if egress == "internet" and getattr(existing, key) is not None:
            yield Fault(f"existing.{key}", "has no effect with egress: internet; remove it, or write aws-only")


def _gateways(endpoints: ExistingEndpoints) -> list[str]:
    return [name for name in endpoints.services if name in ("s3", "dynamodb")]
