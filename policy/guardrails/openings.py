"""What a security group or a network ACL lets through: ranges, ports, protocol, in all their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .cidr import is_world
from .model import Context, Resource
from .types import normalise
from .values import ABSENT, UNKNOWN, Node

GROUPS = ("ec2/securityGroup", "ec2/defaultSecurityGroup")
OWN_RANGES = ("ec2/vpc", "ec2/subnet", "ec2/defaultVpc", "ec2/eip", "ec2/vpcIpv4CidrBlockAssociation")


@dataclass(frozen=True, slots=True)
class Opening:
    """One allowed path of a group: where it stands, its ranges, its ports (None: all), its protocol."""

    path: str
    ranges: tuple[Node, ...]
    low: Any
    high: Any
    protocol: Any


def openings_of(resource: Resource, direction: str) -> Iterator[Opening]:
    kind = normalise(resource.type)
    if kind in GROUPS:
        for item in resource.at(direction).items():
            yield opening_of(
                item, item.at("cidrBlocks").items() + item.at("ipv6CidrBlocks").items(), "protocol", item.path
            )
    elif kind == "ec2/securityGroupRule":
        way = resource.at("type").text("")
        if way is UNKNOWN:
            yield Opening("type", (Node(UNKNOWN, "type"),), UNKNOWN, UNKNOWN, UNKNOWN)
        elif way == direction:
            root = Node(resource.inputs)
            ranges = resource.at("cidrBlocks").items() + resource.at("ipv6CidrBlocks").items()
            yield opening_of(root, ranges, "protocol", "cidrBlocks")
    elif kind.endswith(f"securityGroup{direction.capitalize()}Rule"):
        root = Node(resource.inputs)
        yield opening_of(root, [resource.at("cidrIpv4"), resource.at("cidrIpv6")], "ipProtocol", "cidrIpv4 or cidrIpv6")


def opening_of(root: Node, ranges: Iterable[Node], protocol: str, path: str) -> Opening:
    if root.unknown:
        return Opening(path, (Node(UNKNOWN, path),), UNKNOWN, UNKNOWN, UNKNOWN)
    there = tuple(node for node in ranges if not node.absent and node.value != "")
    spelled = root.at(protocol)
    number = spelled.number()
    name = spelled.text("-1") if number in (ABSENT, UNKNOWN) else str(int(number))
    if name in ("-1", "all"):
        return Opening(path, there, None, None, "-1")
    return Opening(path, there, root.at("fromPort").number(), root.at("toPort").number(), name)


def world_open(ctx: Context, opening: Opening) -> Any:
    """Whether the world is among an opening's ranges: True, False, UNKNOWN."""
    answers = [is_world(node.text("")) for node in opening.ranges]
    if True in answers:
        return True
    for node in opening.ranges:
        prop = node.path.partition(".")[0].partition("[")[0]
        sources = ctx.stack.depends_on(ctx.resource, prop)
        own = bool(sources) and all(normalise(source.type) in OWN_RANGES for source in sources)
        if is_world(node.text("")) is UNKNOWN and not (own and node.unknown):
            return UNKNOWN
    return False


def ports_within(opening: Opening, allowed: Iterable[int]) -> Any:
    if opening.protocol is UNKNOWN or UNKNOWN in (opening.low, opening.high):
        return UNKNOWN
    if opening.protocol not in ("tcp", "6") or not isinstance(opening.low, (int, float)):
        return False
    high = opening.high if isinstance(opening.high, (int, float)) else opening.low
    ports = set(allowed)
    return high - opening.low < len(ports) and all(port in ports for port in range(int(opening.low), int(high) + 1))


def reaches(opening: Opening, ports: Iterable[int]) -> Any:
    if opening.protocol is UNKNOWN:
        return UNKNOWN
    if opening.protocol in ("-1", "all"):
        return True
    if opening.protocol not in ("tcp", "6"):
        return False
    if not isinstance(opening.low, (int, float)) or not isinstance(opening.high, (int, float)):
        return UNKNOWN
    return any(opening.low <= port <= opening.high for port in ports)
