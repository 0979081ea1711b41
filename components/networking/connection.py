"""Allowed network paths: each is a component of its own, visible in the plan, the diagram and the policies."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.values import Peer

__all__ = ["Connection", "ConnectionArgs", "EgressRule", "EgressRuleArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionArgs:
    """Arguments of `Connection`."""

    client: Peer
    """Who opens the connection."""
    server: Peer
    """Who accepts it."""
    port: int | None = None
    """The port; by default the server's."""


class Connection(Component):
    """One allowed TCP path between two security groups.

    Creates: an egress rule on the client's group, and an ingress rule on the server's unless that group is imported.
    Guarantees: exactly this port in exactly this direction; the descriptions of both rules name client and server; a
    changed port is open before the old one is closed.
    Errors: ValueError if neither the arguments nor the server have a port.
    """

    def __init__(self, name: str, args: ConnectionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        port = args.port if args.port is not None else args.server.port
        if port is None:
            raise ValueError(f"{args.server.name} listens on no port; pass port")
        super().__init__("networking", name, opts)
        description = f"{args.client.name} to {args.server.name}"
        aws.vpc.SecurityGroupEgressRule(
            # With its port: rules of this name are changed in place, which would cut off the tasks that still listen on
            # the old one.
            self.child_name(f"egress-{port}"),
            security_group_id=args.client.security_group_id,
            referenced_security_group_id=args.server.security_group_id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            description=description,
            opts=self.child_opts(),
        )
        if not args.server.imported:
            aws.vpc.SecurityGroupIngressRule(
                self.child_name(f"ingress-{port}"),
                security_group_id=args.server.security_group_id,
                referenced_security_group_id=args.client.security_group_id,
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                description=description,
                opts=self.child_opts(),
            )
        self.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressRuleArgs:
    """Arguments of `EgressRule`: exactly one of `cidr` and `prefix_list_id`."""

    client: Peer
    """Who opens the connection."""
    target: str
    """Name of the destination, for the description."""
    port: int = 443
    """The destination's port."""
    cidr: str | None = None
    """A network, such as 0.0.0.0/0."""
    prefix_list_id: pulumi.Input[str] | None = None
    """A managed prefix list, such as that of the S3 gateway endpoint."""


class EgressRule(Component):
    """One allowed TCP path to addresses without a security group.

    Creates: an egress rule on the client's group.
    Guarantees: exactly this port, to exactly this network or prefix list; the description names client and target.
    Errors: ValueError unless exactly one of `cidr` and `prefix_list_id` is set.
    """

    def __init__(self, name: str, args: EgressRuleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if (args.cidr is None) == (args.prefix_list_id is None):
            raise ValueError("pass exactly one of cidr and prefix_list_id")
        super().__init__("networking", name, opts)
        aws.vpc.SecurityGroupEgressRule(
            self.child_name("egress"),
            security_group_id=args.client.security_group_id,
            cidr_ipv4=args.cidr,
            prefix_list_id=args.prefix_list_id,
            ip_protocol="tcp",
            from_port=args.port,
            to_port=args.port,
            description=f"{args.client.name} to {args.target}",
            opts=self.child_opts(),
        )
        self.done()
