"""Where everything stands, whoever made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pulumi

from components.values import Peer

__all__ = ["Vpc"]


class Vpc(Protocol):
    """A VPC to stand in: the stack's own (`Network`), or one that exists already (`ExistingNetwork`)."""

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
        """Whether the private subnets have a way to the internet."""
        ...

    @property
    def endpoints(self) -> Sequence[Peer]:
        """Interface endpoints of AWS services."""
        ...

    @property
    def s3_prefix_list_id(self) -> pulumi.Input[str] | None:
        """The addresses behind the S3 gateway endpoint."""
        ...

    @property
    def public_dependencies(self) -> Sequence[pulumi.Resource]:
        """What must be there before an internet-facing load balancer."""
        ...

    @property
    def private_dependencies(self) -> Sequence[pulumi.Resource]:
        """What must be there before a task can pull its image."""
        ...

    @property
    def flow_log_group_name(self) -> pulumi.Input[str] | None:
        """Where its flow logs are, if the stack keeps them."""
        ...
