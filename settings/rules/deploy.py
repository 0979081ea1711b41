"""`deploy`: who deploys, and what a deployment shifts."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings


@reads("compute")
def _deployments(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.deploy.strategy != "rolling" and service.route is None and service.protocol != "grpc":
            yield Fault(
                service_key(name, "deploy.strategy"),
                f"{service.deploy.strategy} shifts the traffic of a load balancer or of Service Connect, "
                "but the service has no route; add one, add protocol: grpc, or use rolling",
            )
        if service.deploy.owner == "delivery" and service.build is not None:
            yield Fault(
                service_key(name, "deploy.owner"),
                "is delivery, where the pipeline builds images; write pulumi, or remove build",
            )
        if service.replicas.requests_per_target and service.route is None:
            yield Fault(
                service_key(name, "replicas.requests_per_target"),
                "counts the load balancer's requests, but the service has no route; add one, or scale on cpu_percent",
            )
