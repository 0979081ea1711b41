"""Security groups and network ACLs: traffic from and to the internet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..graph import Stack
from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..resource import Resource
from ..sg_rules import SECURITY_GROUPS, open_to_internet, ports_within, reaches, read_sg_rule, sg_rules_of
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
    for sg_rule in sg_rules_of(ctx.resource, "ingress"):
        internet = open_to_internet(ctx, sg_rule)
        if internet is False:
            continue
        ports = ports_within(sg_rule, ctx.params["public_ports"])
        entry = _is_public_entry(ctx) if ports is not False else False
        if internet is True and (ports is False or entry is False):
            yield violation(f"{sg_rule.path} is open to the internet, and is not a port of a public load balancer")
        elif not (ports is True and entry is True):
            yield undecided(f"{sg_rule.path} may be open to the internet")


def _is_public_entry(ctx: Context) -> Any:
    """Whether only internet-facing load balancers use the security group."""
    groups = _groups(ctx)
    if len(groups) != 1:
        return UNKNOWN
    users = _group_users(ctx.stack).get(groups[0].urn, ())
    if not users:
        return False
    internet_facing = [
        _negate(user.at("internal").flag(False)) if normalise(user.type) in BALANCERS else False for user in users
    ]
    return False if False in internet_facing else (UNKNOWN if UNKNOWN in internet_facing else True)


def _negate(value: Any) -> Any:
    return value if value is UNKNOWN else not value


def _groups(ctx: Context) -> list[Resource]:
    if normalise(ctx.resource.type) in SECURITY_GROUPS:
        return [ctx.resource]
    references = ctx.stack.references(ctx.resource, "securityGroupId", SECURITY_GROUPS)
    return [group for ref in references for group in ref.candidates]


def _group_users(stack: Stack) -> dict[str, list[Resource]]:
    """The resources that use each security group, by its URN."""
    if "group users" not in stack.memo:
        index: dict[str, list[Resource]] = {}
        for resource in stack.resources:
            for prop in ATTACHED_BY:
                if prop in resource.inputs:
                    for group in _groups_of(stack, resource, prop):
                        index.setdefault(group.urn, []).append(resource)
        stack.memo["group users"] = index
    return stack.memo["group users"]


def _groups_of(stack: Stack, resource: Resource, prop: str) -> list[Resource]:
    node = resource.at(prop)
    lists = [node, node.at("securityGroups"), node.at("securityGroupIds")]
    if prop == "networkInterfaces":
        lists += [item.at("securityGroups") for item in node.items()]
    ids = [item.value for leaf in lists if isinstance(leaf.value, list) for item in leaf.items()]
    named = [stack.named(value, SECURITY_GROUPS) for value in ids if isinstance(value, str)]
    groups = [*stack.sources(resource, prop, SECURITY_GROUPS), *(group for group in named if group)]
    return list({group.urn: group for group in groups}.values())


def _egress(ctx: Context) -> Iterator[Outcome]:
    for sg_rule in sg_rules_of(ctx.resource, "egress"):
        internet = open_to_internet(ctx, sg_rule)
        ports = ports_within(sg_rule, ctx.params["egress_ports"])
        if internet is False or ports is True:
            continue
        if internet is True and ports is False:
            yield violation(f"{sg_rule.path} allows traffic to the internet on other than the allowed ports")
        else:
            yield undecided(f"{sg_rule.path} may allow traffic to the internet on other than the allowed ports")


def _default_group(ctx: Context) -> Iterator[Outcome]:
    if normalise(ctx.resource.type) == "ec2/vpc":
        for group in ctx.stack.of("ec2/defaultSecurityGroup"):
            if any(ctx.resource in ref.candidates for ref in ctx.stack.references(group, "vpcId", ("ec2/vpc",))):
                return
        yield violation("the VPC's default security group still has the rules that AWS creates")
        return
    for prop in ("ingress", "egress"):
        node = ctx.at(prop)
        if node.unknown:
            yield undecided(f"{prop} cannot be determined")
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
        sg_rule = read_sg_rule(entry, [entry.at(keys[1]), entry.at(keys[2])], "protocol", entry.path or "cidrBlock")
        internet, admin = open_to_internet(ctx, sg_rule), reaches(sg_rule, ADMIN_PORTS)
        if internet is True and admin is True and action == "allow":
            yield violation(f"{sg_rule.path} opens port 22 or 3389 to the internet")
        elif internet is not False and admin is not False:
            yield undecided(f"{sg_rule.path} may open port 22 or 3389 to the internet")


RULES = (
    Rule(
        id="no-world-open-ingress",
        title="Only public load balancers are open to the internet",
        severity="critical",
        controls=("FSBP EC2.13", "FSBP EC2.14", "FSBP EC2.18", "FSBP EC2.19", "CIS 5.3", "CIS 5.4"),
        fix="Use a security group, a prefix list or your own address range as the source.",
        types=("ec2/securityGroup", "ec2/securityGroupRule", "vpc/securityGroupIngressRule"),
        check=_ingress,
        graph=True,
        params=(
            Param(
                name="public_ports",
                kind="integers",
                default=(80, 443),
                doc="TCP ports that public load balancers may open to the internet",
            ),
        ),
    ),
    Rule(
        id="no-world-open-egress",
        title="Only HTTPS is allowed to the internet",
        severity="low",
        fix="Use a security group or a prefix list as the destination, or restrict the ports.",
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
                doc="TCP ports that may be open to the internet",
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
        title="Network ACLs do not open SSH or RDP to the internet",
        severity="medium",
        controls=("FSBP EC2.21", "CIS 5.2"),
        fix="Restrict cidrBlock, or deny ports 22 and 3389 in an earlier rule.",
        types=("ec2/networkAcl", "ec2/networkAclRule"),
        check=_network_acl,
        baseline="advisory",
        graph=True,
    ),
)
