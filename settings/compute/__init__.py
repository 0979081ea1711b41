"""Settings of the cluster, its services and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from settings.compute.schedules import ScheduledTask
from settings.compute.services import Service
from settings.compute.tasks import Task
from settings.compute.workload import Image, Workload
from settings.model import Model
from settings.types import Fqdn, Name

__all__ = ["Compute"]


class Compute(Model):
    """An ECS cluster on Fargate, its services and standalone tasks."""

    insights: Literal["enabled", "enhanced", "disabled"] = "enabled"
    """Container Insights, about 0.30 USD a metric and month: some 3 USD for a service, more if enhanced."""
    domain: Fqdn = "services.internal"
    """Private domain in which services with `discovery` are found; changing it replaces its zone (0.50 USD a month)."""
    files_image: Image = "public.ecr.aws/docker/library/busybox:1.37"
    """Image of the container that writes configuration files; it needs sh, base64 and mkdir."""
    collector_image: Image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
    """Image of the collector of services with `tracing`: AWS Distro for OpenTelemetry, for arm64 and x86_64."""
    services: dict[Name, Service] = {}
    """Services by name."""
    tasks: dict[Name, Task] = {}
    """Standalone tasks by name; each costs only while it runs."""
    schedules: dict[Name, ScheduledTask] = {}
    """Schedules by name, which run tasks. The alarms on them cost about 0.20 USD a month."""

    @property
    def workloads(self) -> Mapping[str, Workload]:
        """Services and tasks by their key path in this area, such as `services.api`."""
        services: dict[str, Workload] = {f"services.{name}": service for name, service in self.services.items()}
        return services | {f"tasks.{name}": task for name, task in self.tasks.items()}

    @property
    def grpc(self) -> tuple[str, ...]:
        """Names of the services that are reached over Service Connect."""
        return tuple(name for name, service in self.services.items() if service.protocol == "grpc")

    def grpc_servers(self, workload: Workload) -> tuple[str, ...]:
        """Names of the services that `workload` reaches over Service Connect."""
        return tuple(connect.to for connect in workload.connects_to if connect.to in self.grpc)

    def uses_service_connect(self, name: str) -> bool:
        """Whether a service has a Service Connect proxy: as a server, or as a client of one."""
        return name in self.grpc or bool(self.grpc_servers(self.services[name]))

    def host(self, name: str) -> str:
        """The name by which other services reach a service."""
        service = self.services[name]
        return (service.discovery_name or name) if service.protocol == "grpc" else self.dns_host(name)

    def dns_label(self, name: str) -> str:
        """The label by which DNS knows a service that is registered."""
        service = self.services[name]
        return service.dns_name or service.discovery_name or name

    def dns_host(self, name: str) -> str:
        """The name by which clients without a proxy reach a service that is registered."""
        return f"{self.dns_label(name)}.{self.domain}"

    @property
    def discovered(self) -> tuple[str, ...]:
        """Names of the services that DNS knows."""
        return tuple(name for name, service in self.services.items() if service.registered)
