"""What the rest of the stack needs of a VPC, whether the stack creates it or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pulumi

from components.values import Peer

__all__ = ["Vpc"]


class Vpc(Protocol):
    """The VPC of a stack: its own (`Network`), or an existing one (`ExistingNetwork`)."""

    @property
    def vpc_id(self) -> pulumi.Input[str]:
        """The VPC."""
        ...

    @property
    def public_subnet_ids(self) -> Sequence[pulumi.Input[str]]:
        """Subnets with a route to an internet gateway, one for each zone."""
        ...

    @property
    def private_subnet_ids(self) -> Sequence[pulumi.Input[str]]:
        """Subnets for tasks, one for each zone."""
        ...

    @property
    def isolated_subnet_ids(self) -> Sequence[pulumi.Input[str]]:
        """Subnets for data stores, one for each zone."""
        ...

    @property
    def reaches_internet(self) -> bool:
        """Whether the private subnets have a route to the internet."""
        ...

    @property
    def endpoints(self) -> Sequence[Peer]:
        """The interface endpoints of AWS services, as servers of connections."""
        ...

    @property
    def gateways(self) -> Mapping[str, pulumi.Input[str]]:
        """The managed prefix lists of the AWS services that have a gateway endpoint, by the service's name."""
        ...

    @property
    def public_dependencies(self) -> Sequence[pulumi.Resource]:
        """What must exist before an internet-facing load balancer."""
        ...

    @property
    def private_dependencies(self) -> Sequence[pulumi.Resource]:
        """What must exist before a task can pull its image."""
        ...

    @property
    def flow_log_group_name(self) -> pulumi.Input[str] | None:
        """The log group of its flow logs, if the stack creates them."""
        ...
