"""Rules of security groups and network ACLs, in every form that the provider accepts: ranges, ports, protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .cidr import is_internet
from .model import Context
from .resource import Resource
from .types import normalise
from .values import ABSENT, UNKNOWN, Node

SECURITY_GROUPS = ("ec2/securityGroup", "ec2/defaultSecurityGroup")
RANGES_OF_THE_STACK = ("ec2/vpc", "ec2/subnet", "ec2/defaultVpc", "ec2/eip", "ec2/vpcIpv4CidrBlockAssociation")


@dataclass(frozen=True, slots=True)
class SgRule:
    """One rule: its property path, its address ranges, its ports (None: all ports), its protocol."""

    path: str
    ranges: tuple[Node, ...]
    low: Any
    high: Any
    protocol: Any


def sg_rules_of(resource: Resource, direction: str) -> Iterator[SgRule]:
    """The `ingress` or `egress` rules of a security group, or the one rule that the resource is."""
    kind = normalise(resource.type)
    if kind in SECURITY_GROUPS:
        for item in resource.at(direction).items():
            yield read_sg_rule(
                item, item.at("cidrBlocks").items() + item.at("ipv6CidrBlocks").items(), "protocol", item.path
            )
    elif kind == "ec2/securityGroupRule":
        rule_direction = resource.at("type").text("")
        if rule_direction is UNKNOWN:
            yield SgRule("type", (Node(UNKNOWN, "type"),), UNKNOWN, UNKNOWN, UNKNOWN)
        elif rule_direction == direction:
            root = Node(resource.inputs)
            ranges = resource.at("cidrBlocks").items() + resource.at("ipv6CidrBlocks").items()
            yield read_sg_rule(root, ranges, "protocol", "cidrBlocks")
    elif kind.endswith(f"securityGroup{direction.capitalize()}Rule"):
        root = Node(resource.inputs)
        yield read_sg_rule(
            root, [resource.at("cidrIpv4"), resource.at("cidrIpv6")], "ipProtocol", "cidrIpv4 or cidrIpv6"
        )


def read_sg_rule(root: Node, ranges: Iterable[Node], protocol: str, path: str) -> SgRule:
    """The rule at `root`; `protocol` is the name of the property that holds its protocol."""
    if root.unknown:
        return SgRule(path, (Node(UNKNOWN, path),), UNKNOWN, UNKNOWN, UNKNOWN)
    given_ranges = tuple(node for node in ranges if not node.absent and node.value != "")
    protocol_node = root.at(protocol)
    number = protocol_node.number()
    name = protocol_node.text("-1") if number in (ABSENT, UNKNOWN) else str(int(number))
    if name in ("-1", "all"):
        return SgRule(path, given_ranges, None, None, "-1")
    return SgRule(path, given_ranges, root.at("fromPort").number(), root.at("toPort").number(), name)


def open_to_internet(ctx: Context, sg_rule: SgRule) -> Any:
    """Whether the ranges of a rule include the whole internet: True, False or UNKNOWN."""
    answers = [is_internet(node.text("")) for node in sg_rule.ranges]
    if True in answers:
        return True
    for node in sg_rule.ranges:
        prop = node.path.partition(".")[0].partition("[")[0]
        sources = ctx.stack.depends_on(ctx.resource, prop)
        of_the_stack = bool(sources) and all(normalise(source.type) in RANGES_OF_THE_STACK for source in sources)
        if is_internet(node.text("")) is UNKNOWN and not (of_the_stack and node.unknown):
            return UNKNOWN
    return False


def ports_within(sg_rule: SgRule, allowed: Iterable[int]) -> Any:
    """Whether a rule opens only TCP ports among the allowed ones: True, False or UNKNOWN."""
    if sg_rule.protocol is UNKNOWN or UNKNOWN in (sg_rule.low, sg_rule.high):
        return UNKNOWN
    if sg_rule.protocol not in ("tcp", "6") or not isinstance(sg_rule.low, (int, float)):
        return False
    high = sg_rule.high if isinstance(sg_rule.high, (int, float)) else sg_rule.low
    ports = set(allowed)
    return high - sg_rule.low < len(ports) and all(port in ports for port in range(int(sg_rule.low), int(high) + 1))


def reaches(sg_rule: SgRule, ports: Iterable[int]) -> Any:
    """Whether a rule opens at least one of the TCP ports: True, False or UNKNOWN."""
    if sg_rule.protocol is UNKNOWN:
        return UNKNOWN
    if sg_rule.protocol in ("-1", "all"):
        return True
    if sg_rule.protocol not in ("tcp", "6"):
        return False
    if not isinstance(sg_rule.low, (int, float)) or not isinstance(sg_rule.high, (int, float)):
        return UNKNOWN
    return any(sg_rule.low <= port <= sg_rule.high for port in ports)
