"""Which services reach each other over Service Connect, and in which order they are deployed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi

from components.compute.service import Service
from components.compute.service_connect import ServiceConnectConfig
from components.compute.service_connect_namespace import ServiceConnectNamespace
from settings import Settings
from settings.compute import Compute
from wiring.context import StackContext

__all__ = ["connected", "in_order", "mesh"]


def mesh(ctx: StackContext, settings: Settings) -> ServiceConnectNamespace | None:
    """The namespace of a stack with gRPC services."""
    return ServiceConnectNamespace("mesh", opts=ctx.opts("compute.services")) if settings.compute.grpc else None


def in_order(compute: Compute) -> tuple[str, ...]:
    """All services, each after the gRPC services that it connects to; settings refuse circles."""
    ordered: dict[str, None] = {}

    def place(name: str) -> None:
        for server in compute.grpc_servers(compute.services[name]):
            if server not in ordered:
                place(server)
        ordered[name] = None

    for name in compute.services:
        if name not in ordered:
            place(name)
    return tuple(ordered)


def connected(
    settings: Settings, namespace: ServiceConnectNamespace | None, running: Mapping[str, Service], name: str
) -> ServiceConnectConfig | None:
    """The place of the service called `name`, whose servers are `running` already."""
    compute = settings.compute
    if namespace is None or not compute.uses_service_connect(name):
        return None
    servers = compute.grpc_servers(compute.services[name])
    return ServiceConnectConfig(
        namespace_arn=namespace.arn,
        host=compute.host(name) if name in compute.grpc else None,
        servers=[f"{compute.host(server)}:{compute.services[server].listens_on}" for server in servers],
        dependencies=list(_resources(running, servers)),
    )


def _resources(running: Mapping[str, Service], servers: tuple[str, ...]) -> Iterator[pulumi.Resource]:
    for server in servers:
        yield from running[server].dependencies
