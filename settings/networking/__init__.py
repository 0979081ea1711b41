"""Settings of the network."""

from __future__ import annotations

import ipaddress
from itertools import combinations
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.networking.endpoint_names import endpoint_slip
from settings.networking.existing import ExistingVpc, faults_beside
from settings.types import Cidr, CidrBlock, EndpointService, RetentionDays, Zone

__all__ = ["FlowLogs", "Networking", "Subnets"]

Nat = Literal["none", "single", "per-zone", "instance"]
TIERS = ("public", "private", "isolated")


class Subnets(Model):
    """Subnets that you choose, one per zone and tier, instead of the computed ones."""

    public: tuple[CidrBlock, ...]
    """Subnets for the load balancer and NAT. A change replaces them, with the NAT gateways in them."""
    private: tuple[CidrBlock, ...]
    """Subnets for tasks; they reach the internet through NAT. A change replaces them."""
    isolated: tuple[CidrBlock, ...]
    """Subnets for data stores; they have no route to the internet. A change replaces them, which fails while a store is
    in them."""


class FlowLogs(Model):
    """Where the network's accepted and rejected flows are kept."""

    traffic: Literal["ALL", "ACCEPT", "REJECT"] = "ALL"
    """Which flows are logged."""
    log_retention_days: RetentionDays = 30
    """Days that the log group keeps them; ingestion costs about 0.50 USD a GB."""


class Networking(Model):
    """One VPC with public, private and isolated subnets in named zones, new or existing."""

    cidr: Cidr = "10.20.0.0/16"
    """The VPC's network. It is chosen once: a change replaces the VPC, to which data stores do not move, so that `up`
    fails."""
    zones: Annotated[tuple[Zone, ...], Field(min_length=1, max_length=8)]
    """Availability zones by name; append new ones at the end, so that no subnet is re-numbered."""
    existing: ExistingVpc | None = None
    """An existing VPC with its subnets; by default the stack creates them. It is chosen once, since data stores do not
    move to another VPC."""
    nat: Nat = "single"
    """NAT for the private subnets: `single` (about 33 USD a month), `per-zone` (33 USD for each zone),
    `instance` (a t4g.nano, about 3 USD; no fail-over), or `none`. A change from or to `instance` replaces the addresses
    from which the stack calls others."""
    egress: Literal["internet", "aws-only"] = "internet"
    """What services reach besides each other and the stores: the `internet`, through NAT; or AWS services only, with
    `nat: none`, through interface endpoints that are derived from what the services use. It must be set with
    `existing`."""
    subnets: Subnets | None = None
    """Explicit subnets; by default they are computed from `cidr`. A change replaces subnets, which fails while a data
    store is in them."""
    endpoints: tuple[EndpointService, ...] = ()
    """Interface endpoints by short service name (`bedrock-runtime`, `sqs`, …), about 7 USD a month for each zone;
    `egress: aws-only` adds what it needs. The S3 gateway endpoint is free and always there; `dynamodb` adds the one of
    DynamoDB, which is free, too."""
    flow_logs: FlowLogs = FlowLogs()
    """The VPC's flow logs; they are always on."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        own_vpc = [] if self.existing else [*self._subnet_faults(), *self._egress_faults()]
        refuse([*self._zone_faults(), *own_vpc, *self._existing_faults(), *self._endpoint_faults()])
        return self

    @property
    def closed_by(self) -> str | None:
        """The setting that leaves services without internet access, if there is one."""
        if self.existing is not None:
            return "egress: aws-only" if self.egress == "aws-only" else None
        return "nat: none" if self.nat == "none" else None

    def _existing_faults(self) -> list[Fault]:
        if self.existing is None:
            return []
        zones, given = len(self.zones), self.model_fields_set
        return list(
            faults_beside(self.existing, given=given, zones=zones, egress=self.egress, endpoints=self.endpoints)
        )

    def _zone_faults(self) -> list[Fault]:
        faults = []
        if len(self.zones) == 1:
            faults.append(
                Fault(
                    "zones",
                    "names one zone; a load balancer and a database subnet group need two, add a second",
                )
            )
        if len(set(self.zones)) < len(self.zones):
            faults.append(Fault("zones", "has a zone twice; list each zone once", list(dict.fromkeys(self.zones))))
        if len({zone[:-1] for zone in self.zones}) > 1:
            faults.append(Fault("zones", "names zones of several regions; all must be of the stack's aws:region"))
        return faults

    def _subnet_faults(self) -> list[Fault]:
        if self.subnets is None:
            return []
        vpc = ipaddress.IPv4Network(self.cidr)
        blocks_by_key = [
            (f"subnets.{tier}[{i}]", ipaddress.IPv4Network(block))
            for tier in TIERS
            for i, block in enumerate(getattr(self.subnets, tier))
        ]
        faults = [
            Fault(
                f"subnets.{tier}",
                f"has {len(blocks)} entries for {len(self.zones)} zones; name one for each zone",
            )
            for tier in TIERS
            if len(blocks := getattr(self.subnets, tier)) != len(self.zones)
        ]
        for key, block in blocks_by_key:
            if not block.subnet_of(vpc):
                faults.append(Fault(key, f"{block} is outside of cidr {vpc}; choose a part of it"))
            elif not 16 <= block.prefixlen <= 28:
                faults.append(
                    Fault(key, f"{block} is not between /16 and /28, which AWS requires; choose another size")
                )
        return faults + [
            Fault(key, f"{block} overlaps {other_key} {other}; subnets must not share addresses")
            for (other_key, other), (key, block) in combinations(blocks_by_key, 2)
            if block.overlaps(other)
        ]

    def _egress_faults(self) -> list[Fault]:
        if self.egress != "aws-only" or self.nat == "none":
            return []
        return [
            Fault(
                "egress",
                f"makes nat: {self.nat} useless, which costs money; write nat: none, or egress: internet",
                "internet",
            )
        ]

    def _endpoint_faults(self) -> list[Fault]:
        faults = []
        if "s3" in self.endpoints:
            others = [other for other in self.endpoints if other != "s3"]
            reason = "names s3, which is a gateway endpoint that is always there; remove it from the list"
            faults.append(Fault("endpoints", reason, others))
        if len(set(self.endpoints)) < len(self.endpoints):
            reason = "names a service twice, and one endpoint serves all zones; list each once"
            faults.append(Fault("endpoints", reason, list(dict.fromkeys(self.endpoints))))
        for index, name in enumerate(self.endpoints):
            if (meant := endpoint_slip(name)) is not None:
                reason = f"{name} is not a service with an endpoint; write {meant}"
                faults.append(Fault(f"endpoints[{index}]", reason, meant))
        return faults
