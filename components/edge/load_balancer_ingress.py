"""Ingress rules of a load balancer."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.values import PrefixList

__all__ = ["allow_cidrs", "callers_group"]


def allow_cidrs(owner: Component, group: aws.ec2.SecurityGroup, cidrs: Sequence[str], ports: Sequence[int]) -> None:
    """Ingress rules from each network to each port, as children of `owner`."""
    for port in ports:
        for cidr in dict.fromkeys(cidrs):
            aws.vpc.SecurityGroupIngressRule(
                # Named by network, not by index: a network added at the front would otherwise move all the others, and
                # AWS refuses a rule that exists already.
                owner.child_name(f"ingress-{port}-{cidr.replace('.', '-').replace('/', '-')}"),
                security_group_id=group.id,
                cidr_ipv4=cidr,
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                description=f"{cidr} to load balancer",
                opts=owner.child_opts(),
            )


def callers_group(owner: Component, vpc_id: pulumi.Input[str], callers: PrefixList, port: int) -> aws.ec2.SecurityGroup:
    """A security group, as a child of `owner`, that admits a managed prefix list to one port.

    It is a group of its own, since the list may count as nearly all the rules that a group can have.
    """
    group = aws.ec2.SecurityGroup(
        owner.child_name("callers"),
        vpc_id=vpc_id,
        description="Callers of the load balancer",
        revoke_rules_on_delete=True,
        opts=owner.child_opts(),
    )
    aws.vpc.SecurityGroupIngressRule(
        owner.child_name("callers-ingress"),
        security_group_id=group.id,
        prefix_list_id=callers.id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description=f"{callers.name} to load balancer",
        opts=owner.child_opts(),
    )
    return group
