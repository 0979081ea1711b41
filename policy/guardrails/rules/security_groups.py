"""Security groups and network ACLs: what the world may reach, and what may reach the world."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..graph import Stack
from ..model import Context, Outcome, Param, Resource, Rule, undecided, violation
from ..openings import GROUPS, opening_of, openings_of, ports_within, reaches, world_open
from ..types import normalise
from ..values import UNKNOWN, Node

BALANCERS = ("lb/loadBalancer", "elb/loadBalancer")
ATTACHED_BY = (
    "securityGroups",
    "securityGroupIds",
    "vpcSecurityGroupIds",
    "networkConfiguration",
    "vpcConfig",
    "networkInterfaces",
)
ADMIN_PORTS = (22, 3389)


def _ingress(ctx: Context) -> Iterator[Outcome]:
    for opening in openings_of(ctx.resource, "ingress"):
        world = world_open(ctx, opening)
        if world is False:
            continue
        ports = ports_within(opening, ctx.params["public_ports"])
        entry = _is_public_entry(ctx) if ports is not False else False
        if world is True and (ports is False or entry is False):
            yield violation(f"{opening.path} lets the world in, and it is no port of a public load balancer")
        elif not (ports is True and entry is True):
            yield undecided(f"{opening.path}: whether the world is let in cannot be told")


def _is_public_entry(ctx: Context) -> Any:
    """Whether only internet-facing load balancers wear the group."""
    groups = _groups(ctx)
    if len(groups) != 1:
        return UNKNOWN
    wearers = _wearers(ctx.stack).get(groups[0].urn, ())
    if not wearers:
        return False
    answers = [
        _negate(wearer.at("internal").flag(False)) if normalise(wearer.type) in BALANCERS else False
        for wearer in wearers
    ]
    return False if False in answers else (UNKNOWN if UNKNOWN in answers else True)


def _negate(value: Any) -> Any:
    return value if value is UNKNOWN else not value


def _groups(ctx: Context) -> list[Resource]:
    if normalise(ctx.resource.type) in GROUPS:
        return [ctx.resource]
    return [found for ref in ctx.stack.references(ctx.resource, "securityGroupId", GROUPS) for found in ref.candidates]


def _wearers(stack: Stack) -> dict[str, list[Resource]]:
    """Security group → the resources that wear it."""
    if "wearers" not in stack.memo:
        index: dict[str, list[Resource]] = {}
        for resource in stack.resources:
            for prop in ATTACHED_BY:
                if prop in resource.inputs:
                    for group in _worn(stack, resource, prop):
                        index.setdefault(group.urn, []).append(resource)
        stack.memo["wearers"] = index
    return stack.memo["wearers"]


def _worn(stack: Stack, resource: Resource, prop: str) -> list[Resource]:
    node = resource.at(prop)
    lists = [node, node.at("securityGroups"), node.at("securityGroupIds")]
    if prop == "networkInterfaces":
        lists += [item.at("securityGroups") for item in node.items()]
    spelled = [item.value for leaf in lists if isinstance(leaf.value, list) for item in leaf.items()]
    named = [stack.named(value, GROUPS) for value in spelled if isinstance(value, str)]
    found = [*stack.sources(resource, prop, GROUPS), *(group for group in named if group)]
    return list({group.urn: group for group in found}.values())


def _egress(ctx: Context) -> Iterator[Outcome]:
    for opening in openings_of(ctx.resource, "egress"):
        world = world_open(ctx, opening)
        ports = ports_within(opening, ctx.params["egress_ports"])
        if world is False or ports is True:
            continue
        if world is True and ports is False:
            yield violation(f"{opening.path} lets everything out to the world but on the allowed ports")
        else:
            yield undecided(f"{opening.path}: what may leave to the world cannot be told")


def _default_group(ctx: Context) -> Iterator[Outcome]:
    if normalise(ctx.resource.type) == "ec2/vpc":
        for group in ctx.stack.of("ec2/defaultSecurityGroup"):
            if any(ctx.resource in ref.candidates for ref in ctx.stack.references(group, "vpcId", ("ec2/vpc",))):
                return
        yield violation("the VPC's default security group is left as AWS made it")
        return
    for prop in ("ingress", "egress"):
        node = ctx.at(prop)
        if node.unknown:
            yield undecided(f"{prop} cannot be told")
        elif node.items():
            yield violation(f"{prop} of the default security group must be empty")


def _network_acl(ctx: Context) -> Iterator[Outcome]:
    if normalise(ctx.resource.type) == "ec2/networkAclRule":
        entries = [] if ctx.at("egress").flag(False) is True else [Node(ctx.resource.inputs)]
        keys = ("ruleAction", "cidrBlock", "ipv6CidrBlock")
    else:
        entries = ctx.at("ingress").items()
        keys = ("action", "cidrBlock", "ipv6CidrBlock")
    for entry in entries:
        action = entry.at(keys[0]).text("allow")
        if action not in (UNKNOWN, "allow"):
            continue
        opening = opening_of(entry, [entry.at(keys[1]), entry.at(keys[2])], "protocol", entry.path or "cidrBlock")
        world, admin = world_open(ctx, opening), reaches(opening, ADMIN_PORTS)
        if world is True and admin is True and action == "allow":
            yield violation(f"{opening.path} lets the world reach port 22 or 3389")
        elif world is not False and admin is not False:
            yield undecided(f"{opening.path}: whether the world reaches port 22 or 3389 cannot be told")


RULES = (
    Rule(
        id="no-world-open-ingress",
        title="Nothing but a public load balancer is open to the world",
        severity="critical",
        controls=("FSBP EC2.13", "FSBP EC2.14", "FSBP EC2.18", "FSBP EC2.19", "CIS 5.3", "CIS 5.4"),
        fix="Name a security group, a prefix list or one's own range as the source.",
        types=("ec2/securityGroup", "ec2/securityGroupRule", "vpc/securityGroupIngressRule"),
        check=_ingress,
        graph=True,
        params=(
            Param(
                name="public_ports",
                kind="integers",
                default=(80, 443),
                doc="TCP ports of public load balancers that the world may reach",
            ),
        ),
    ),
    Rule(
        id="no-world-open-egress",
        title="Only HTTPS leaves to the world",
        severity="low",
        fix="Name the destination's security group or prefix list, or narrow the ports.",
        types=("ec2/securityGroup", "ec2/securityGroupRule", "vpc/securityGroupEgressRule"),
        check=_egress,
        baseline="disabled",
        strict="advisory",
        graph=True,
        params=(
            Param(
                name="egress_ports",
                kind="integers",
                default=(443,),
                doc="TCP ports on which anything may be reached",
            ),
        ),
    ),
    Rule(
        id="default-security-group-closed",
        title="A VPC's default security group allows nothing",
        severity="medium",
        controls=("FSBP EC2.2", "CIS 5.5"),
        fix="Manage aws:ec2/defaultSecurityGroup for the VPC without ingress and egress.",
        types=("ec2/vpc", "ec2/defaultSecurityGroup"),
        check=_default_group,
        baseline="advisory",
        graph=True,
    ),
    Rule(
        id="network-acl-no-world-admin",
        title="Network ACLs do not open SSH or RDP to the world",
        severity="medium",
        controls=("FSBP EC2.21", "CIS 5.2"),
        fix="Narrow cidrBlock, or deny ports 22 and 3389 before.",
        types=("ec2/networkAcl", "ec2/networkAclRule"),
        check=_network_acl,
        baseline="advisory",
        graph=True,
    ),
)
