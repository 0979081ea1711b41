"""NAT instances: machines that a route of the stack sends other subnets' traffic through."""

from __future__ import annotations

from typing import Any

from .graph import Stack
from .model import Resource
from .types import normalise
from .values import UNKNOWN

MACHINES = ("ec2/instance", "ec2/networkInterface")
_TARGETS = ("networkInterfaceId", "instanceId")


def is_router(stack: Stack, machine: Resource) -> Any:
    """True when a route leads to this machine (or its interface) and it forwards packets of others.

    UNKNOWN when a route leads to it and whether it forwards cannot be told.
    """
    if "routers" not in stack.memo:
        stack.memo["routers"] = _routed_to(stack)
    if machine.urn not in stack.memo["routers"]:
        return False
    check = machine.at("sourceDestCheck").flag(True)
    if check is True and normalise(machine.type) == "ec2/instance":
        return _interface_forwards(stack, machine)
    return UNKNOWN if check is UNKNOWN else not check


def _routed_to(stack: Stack) -> set[str]:
    found: set[str] = set()
    for route in stack.of("ec2/route"):
        for prop in _TARGETS:
            found.update(item.urn for ref in stack.references(route, prop, MACHINES) for item in ref.candidates)
    for table in stack.of("ec2/routeTable", "ec2/defaultRouteTable"):
        nodes = [route.at("networkInterfaceId") for route in table.at("routes").items()]
        found.update(item.urn for ref in stack.resolve(table, nodes, MACHINES) for item in ref.candidates)
    machines = {item.urn for item in stack.of("ec2/instance")}
    for urn in tuple(found - machines):  # a route names the interface that the instance has
        interface = stack.by_urn[urn]
        found.update(item.urn for item in stack.of("ec2/instance") if _uses(stack, item, interface))
    return found


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
        if item.urn in stack.memo["routers"] and _uses(stack, instance, item)
    )
