"""The private DNS domain in which services are registered."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["CloudMapNamespace", "CloudMapNamespaceArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudMapNamespaceArgs:
    """Arguments of `CloudMapNamespace`."""

    domain: str
    """The domain. Inside the VPC, its names hide public names that are the same."""
    vpc_id: pulumi.Input[str]
    """The VPC that resolves the domain."""


class CloudMapNamespace(Component):
    """A Cloud Map namespace with a private hosted zone, about 0.50 USD a month.

    Creates: the namespace.
    Guarantees: its names resolve inside this VPC only.
    """

    def __init__(self, name: str, args: CloudMapNamespaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        namespace = aws.servicediscovery.PrivateDnsNamespace(
            self.child_name(),
            name=args.domain,
            description="Service discovery by DNS",
            vpc=args.vpc_id,
            opts=self.child_opts(),
        )
        self.id = namespace.id
        self.done(id=self.id)
