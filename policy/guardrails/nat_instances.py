"""NAT instances: instances that a route of the stack sends the traffic of other subnets through."""

from __future__ import annotations

from typing import Any

from .graph import Stack
from .resource import Resource
from .types import normalise
from .values import UNKNOWN

ROUTE_TARGETS = ("ec2/instance", "ec2/networkInterface")
_TARGET_PROPERTIES = ("networkInterfaceId", "instanceId")


def is_nat_instance(stack: Stack, resource: Resource) -> Any:
    """True when a route leads to this instance (or its interface) and its source/destination check is off.

    UNKNOWN when a route leads to it and the check is not known.
    """
    if "nat instances" not in stack.memo:
        stack.memo["nat instances"] = _routed_to(stack)
    if resource.urn not in stack.memo["nat instances"]:
        return False
    check = resource.at("sourceDestCheck").flag(True)
    if check is True and normalise(resource.type) == "ec2/instance":
        return _interface_forwards(stack, resource)
    return UNKNOWN if check is UNKNOWN else not check


def _routed_to(stack: Stack) -> set[str]:
    targets: set[str] = set()
    for route in stack.of("ec2/route"):
        for prop in _TARGET_PROPERTIES:
            targets.update(item.urn for ref in stack.references(route, prop, ROUTE_TARGETS) for item in ref.candidates)
    for table in stack.of("ec2/routeTable", "ec2/defaultRouteTable"):
        nodes = [route.at("networkInterfaceId") for route in table.at("routes").items()]
        targets.update(item.urn for ref in stack.resolve(table, nodes, ROUTE_TARGETS) for item in ref.candidates)
    instances = {item.urn for item in stack.of("ec2/instance")}
    for urn in tuple(targets - instances):  # a route may name the interface of an instance
        interface = stack.by_urn[urn]
        targets.update(item.urn for item in stack.of("ec2/instance") if _uses(stack, item, interface))
    return targets


def _uses(stack: Stack, instance: Resource, interface: Resource) -> bool:
    nodes = [instance.at("primaryNetworkInterface.networkInterfaceId")]
    nodes += [item.at("networkInterfaceId") for item in instance.at("networkInterfaces").items()]
    return any(
        interface in ref.candidates
        for node in nodes
        for ref in stack.resolve(instance, [node], ("ec2/networkInterface",))
    )


def _interface_forwards(stack: Stack, instance: Resource) -> bool:
    return any(
        item.at("sourceDestCheck").flag(True) is False
        for item in stack.of("ec2/networkInterface")
        if item.urn in stack.memo["nat instances"] and _uses(stack, instance, item)
    )
