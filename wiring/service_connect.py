"""Which services reach each other over Service Connect, and in which order they are deployed."""

from __future__ import annotations

from collections.abc import Mapping

from components.compute.service import Service
from components.compute.service_connect import ServiceConnectConfig
from components.compute.service_connect_namespace import ServiceConnectNamespace
from settings import Settings
from settings.compute import Compute
from wiring.context import StackContext

__all__ = ["build_service_connect_namespace", "deployment_order", "service_connect_config"]


def build_service_connect_namespace(ctx: StackContext, settings: Settings) -> ServiceConnectNamespace | None:
    """The namespace of a stack with gRPC services."""
    if not settings.compute.grpc:
        return None
    return ServiceConnectNamespace("service-connect", opts=ctx.opts("compute.services"))


def deployment_order(compute: Compute) -> tuple[str, ...]:
    """All services, each after the gRPC services that it connects to; settings refuse cycles."""
    ordered: dict[str, None] = {}

    def add(name: str) -> None:
        for server in compute.grpc_servers(compute.services[name]):
            if server not in ordered:
                add(server)
        ordered[name] = None

    for name in compute.services:
        if name not in ordered:
            add(name)
    return tuple(ordered)


def service_connect_config(
    settings: Settings, namespace: ServiceConnectNamespace | None, services: Mapping[str, Service], name: str
) -> ServiceConnectConfig | None:
    """How the service called `name` takes part in Service Connect; `services` already holds its servers."""
    compute = settings.compute
    if namespace is None or not compute.uses_service_connect(name):
        return None
    servers = compute.grpc_servers(compute.services[name])
    return ServiceConnectConfig(
        namespace_arn=namespace.arn,
        host=compute.host(name) if name in compute.grpc else None,
        servers=[f"{compute.host(server)}:{compute.services[server].listens_on}" for server in servers],
        dependencies=[resource for server in servers for resource in services[server].dependencies],
    )
