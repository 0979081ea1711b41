"""`discovery`, `discovery_name` and `dns_name`: the names by which services find each other."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads, service_key, workload_key
from settings.stack import Settings


@reads("compute")
def _connections(settings: Settings) -> Iterator[Fault]:
    services = settings.compute.services
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            key = workload_key(path, f"connects_to[{i}]")
            if connection.to not in services:
                continue
            if path == f"services.{connection.to}":
                yield Fault(key, "is the service itself; remove it")
            elif not services[connection.to].discovery and services[connection.to].protocol != "grpc":
                yield Fault(
                    key,
                    f"{connection.to} is not registered for discovery; set discovery: true on {connection.to}",
                )
            for env, url in connection.env.items():
                if url.part == "url" and "driver" not in url.model_fields_set:
                    yield Fault(
                        f"{key}.env.{env}",
                        f"has no scheme, and {connection.to} is a service; write {{{env}: {{driver: http}}}}",
                    )


@reads("compute")
def _names(settings: Settings) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for name, service in settings.compute.services.items():
        if not service.discovery and service.protocol != "grpc":
            if service.discovery_name is not None:
                yield Fault(
                    service_key(name, "discovery_name"),
                    "has no effect: the service is not registered; add protocol: grpc or discovery: true, or remove it",
                )
            continue
        labels = {"discovery_name": service.discovery_name or name}
        if service.dns_name is not None and service.protocol == "grpc":
            labels["dns_name"] = service.dns_name
        for key, label in labels.items():
            first = owners.setdefault(label, f"{name}.{key}")
            owner = first.partition(".")[0]
            if first == f"{name}.{key}":
                continue
            if owner == name:
                reason = "is its name for Service Connect already, and a name resolves to one place; choose another, "
                yield Fault(service_key(name, key), f"{label} {reason}such as {label}-direct")
            else:
                yield Fault(
                    service_key(name, key),
                    f"{label} is the name of {owner} already, and a name resolves to one service; choose another",
                )


@reads("compute")
def _parts(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for i, connection in enumerate(workload.connects_to):
            for env, url in connection.env.items():
                if url.part != "url" and connection.to not in settings.compute.services:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env.{env}.part"),
                        f"{url.part} is for services, and {connection.to} is not a service; remove it, and use the "
                        "whole URL",
                    )


@reads("compute")
def _one_revision(settings: Settings) -> Iterator[Fault]:
    for name in settings.compute.discovered:
        strategy = settings.compute.services[name].deploy.strategy
        if strategy != "rolling":
            yield Fault(
                service_key(name, "discovery" if settings.compute.services[name].discovery else "dns_name"),
                f"answers with the tasks of both revisions while a {strategy} deployment shifts the traffic of "
                "load balancers and proxies only; remove it, or set deploy.strategy: rolling",
            )


@reads("compute", "edge")
def _domain(settings: Settings) -> Iterator[Fault]:
    certificate = settings.edge.load_balancer.certificate
    public = certificate.domain if certificate else None
    if public and settings.compute.discovered and f".{public}".endswith(f".{settings.compute.domain}"):
        yield Fault(
            "compute.domain",
            f"{settings.compute.domain} hides {public} from everything in the network, since private names go first; "
            "choose a domain such as services.internal",
        )
