"""`protocol: grpc`: services behind Service Connect."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.fargate import SIZES
from settings.compute.grpc import PROXY_CPU, PROXY_MEMORY_MB
from settings.model import Fault
from settings.rules.registry import reads, service_key, workload_key
from settings.stack import Settings


@reads("compute", "edge")
def _no_route(settings: Settings) -> Iterator[Fault]:
    api = settings.edge.http_api is not None
    for name in settings.compute.grpc:
        if settings.compute.services[name].route is not None:
            entry = "an HTTP API does not support gRPC" if api else "the load balancer's listener is made for HTTP"
            yield Fault(
                service_key(name, "route"),
                f"cannot lead to a gRPC service: {entry}; remove it, and let a service with a route connect to {name}",
            )


@reads("compute")
def _one_registry(settings: Settings) -> Iterator[Fault]:
    for name in settings.compute.grpc:
        if settings.compute.services[name].discovery:
            yield Fault(
                service_key(name, "discovery"),
                "would register the name that Service Connect already has a second time, with addresses that gRPC "
                "clients keep; remove it, or write dns_name, another name for clients without a proxy",
            )


@reads("compute")
def _dns_name(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.dns_name is not None and service.protocol != "grpc":
            yield Fault(
                service_key(name, "dns_name"),
                "is a gRPC service's second name; with http there is one: write discovery: true and discovery_name",
            )


@reads("compute")
def _pending(settings: Settings) -> Iterator[Fault]:
    for name in settings.compute.grpc:
        service = settings.compute.services[name]
        if service.pending and service.deploy.owner == "pulumi":
            yield Fault(
                service_key(name, "image"),
                "is pending, and with its first image `up` makes another ECS service, to which Service Connect does "
                "not give the name of the first; set deploy: {owner: delivery}, or name an image",
            )


@reads("compute")
def _timeouts(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.protocol != "grpc" and "timeouts" in service.model_fields_set:
            yield Fault(
                service_key(name, "timeouts"),
                "apply to the proxy of a gRPC service; add protocol: grpc, or use request_timeout_s",
            )


@reads("compute")
def _tasks(settings: Settings) -> Iterator[Fault]:
    for name, task in settings.compute.tasks.items():
        for i, connection in enumerate(task.connects_to):
            server = connection.to
            if server in settings.compute.grpc and settings.compute.services[server].dns_name is None:
                yield Fault(
                    workload_key(f"tasks.{name}", f"connects_to[{i}]"),
                    f"{server} is reached over Service Connect, which ECS gives to services only; give {server} a "
                    f"name in DNS (dns_name: {server}-direct), or let a service make the call",
                )


@reads("compute")
def _proxy_fits(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if not settings.compute.uses_service_connect(name):
            continue
        smallest = min(size for size in SIZES if size > PROXY_CPU)
        if service.cpu <= PROXY_CPU:
            yield Fault(
                service_key(name, "cpu"),
                f"{service.cpu} leaves nothing for the service next to Service Connect's proxy, which takes "
                f"{PROXY_CPU} units; raise it to {smallest} or more",
            )
        used, left = sum(service.tmpfs.values()), service.memory - PROXY_MEMORY_MB
        if left // 2 < used <= service.memory // 2:
            yield Fault(
                service_key(name, "writable_mb"),
                f"writable paths take {used} MiB, more than half of the {left} MiB that Service Connect's proxy "
                f"leaves; write at most {left // 2 // len(service.tmpfs)}, or raise memory",
            )


@reads("compute")
def _no_circle(settings: Settings) -> Iterator[Fault]:
    reached = {name: _reached(settings, name) for name in settings.compute.grpc}
    for name in sorted(reached):
        circle = sorted(other for other in reached[name] if name in reached[other])
        # Each circle is reported once, at its first name; a service that connects to itself is reported elsewhere.
        if len(circle) > 1 and name == circle[0]:
            yield Fault(
                service_key(name, "connects_to"),
                f"closes a circle ({', '.join(circle)}), and a gRPC client is deployed after its server; "
                "remove one of the connections",
            )


def _reached(settings: Settings, name: str) -> set[str]:
    compute, seen, front = settings.compute, set[str](), [name]
    while front:
        for server in compute.grpc_servers(compute.services[front.pop()]):
            if server not in seen:
                seen.add(server)
                front.append(server)
    return seen
