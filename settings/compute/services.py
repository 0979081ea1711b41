"""Settings of one service."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from settings.clear_text import argument_faults
from settings.compute.command_words import health_faults
from settings.compute.deploy import Deploy
from settings.compute.environment import build_argument_faults
from settings.compute.grpc import Timeouts
from settings.compute.image import Build, Repository, architecture_fault
from settings.compute.replicas import Replicas
from settings.compute.route import Route
from settings.compute.singleton import singleton_faults
from settings.compute.spot import SpotOrFlag
from settings.compute.tracing import tracing_faults
from settings.compute.worker import worker_faults
from settings.compute.workload import Workload
from settings.form import matches
from settings.model import Fault
from settings.types import DnsLabel, Port

__all__ = ["Service"]


ImageTag = Annotated[
    str,
    matches(
        r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}",
        "is not an image tag; use up to 128 letters, digits and the characters _ . -, such as v1.2.0",
        in_schema=True,
    ),
]


class Service(Workload):
    """A Fargate service."""

    tag: ImageTag | None = None
    """A tag in the service's own repository, such as a commit SHA."""
    build: Build | None = None
    """Build the image on `pulumi up`."""
    repository: Repository | None = None
    """The service's ECR repository; created where `tag` or `build` needs one. {existing: <ARN or URL>} uses one
    that is there."""
    port: Port | None = None
    """Port that the container listens on; a worker has none. Changing it replaces a service whose traffic ECS
    shifts."""
    protocol: Literal["http", "grpc"] = "http"
    """The port's protocol. `grpc` goes over Service Connect, whose proxy balances calls and takes 256 CPU units and
    64 MiB of each task of the service and of its clients."""
    timeouts: Timeouts = Timeouts()
    """With `protocol: grpc`: how long the proxies wait."""
    replicas: Replicas = Replicas()
    """Number of tasks."""
    spot: SpotOrFlag = None
    """Run on Fargate Spot: about 70 % cheaper, a task may be stopped with two minutes' notice. `true` for all tasks, or
    {base: 1, percent: 80} with some on demand."""
    route: Route | None = None
    """Requests from the load balancer; without it the service is not reachable from outside."""
    discovery: bool = False
    """Register the tasks' addresses as `<name>.<compute.domain>`, for other services that connect to this one."""
    discovery_name: DnsLabel | None = None
    """The name that clients use, with `discovery` or `protocol: grpc`; by default the service's own."""
    dns_name: DnsLabel | None = None
    """With `protocol: grpc`: registers the tasks' addresses as `<dns_name>.<compute.domain>`, too, for tasks and for
    clients outside of ECS, which have no proxy. It must differ from the name that services use."""
    health_command: tuple[str, ...] = ()
    """Command that ECS runs inside the container to check its health, such as [curl, -f, http://localhost/], or
    [CMD-SHELL, "curl -f http://localhost/ || exit 1"] for the container's shell."""
    start_period_s: Annotated[int, Field(ge=0, le=3600)] = 60
    """Seconds after its start in which a task may be unhealthy."""
    request_timeout_s: Annotated[int, Field(ge=1, le=3600)] = 30
    """Seconds that one request may take; idle timeouts, draining and stopping all wait as long. A load balancer drains
    for an hour at most."""
    tracing: bool = False
    """Traces in X-Ray, through an OpenTelemetry collector in the task. The collector takes up to 256 MiB of
    each task; X-Ray costs 5 USD for a million traces, the first 100,000 of a month are free."""
    deploy: Deploy = Deploy()
    """Deployment."""
    local_state: Literal["refused", "accepted"] = "refused"
    """Accept that each task has its own database file, which is lost with the task."""

    @property
    def own_repository(self) -> Repository | None:
        """The ECR repository of the service's images, made or existing, if it has or needs one."""
        needs_one = self.tag is not None or self.build is not None
        return self.repository or (Repository() if needs_one else None)

    @property
    def registered(self) -> bool:
        """Whether DNS knows the tasks' addresses."""
        return self.discovery or self.dns_name is not None

    @property
    def ports(self) -> tuple[int, ...]:
        """Ports that the container listens on."""
        return () if self.port is None else (self.port,)

    @property
    def listens_on(self) -> int:
        """The port of a service that others reach.

        Errors: ValueError for a service without one, to which the settings allow no connection.
        """
        if self.port is None:
            raise ValueError("the service listens on no port")
        return self.port

    @property
    def app_protocol(self) -> str | None:
        """The protocol in the proxy's configuration."""
        return "grpc" if self.protocol == "grpc" else None

    @property
    def traced(self) -> bool:
        """Whether a collector of traces runs in the task."""
        return self.tracing

    @property
    def stop_after_s(self) -> int:
        """Seconds that the container may take to end what it does."""
        return self.request_timeout_s

    @property
    def health(self) -> tuple[tuple[str, ...], int]:
        """The command that checks the container's health, and the seconds after its start in which it may fail."""
        return self.health_command, self.start_period_s

    @property
    def singleton(self) -> bool:
        """Whether the service writes a file system, and so runs one task only, never two at once."""
        return any(not volume.read_only for volume in self.volumes)

    @property
    def plain_variables(self) -> Collection[str]:
        """The names of the variables that are in the clear, those of the build, too."""
        return {*self.environment, *(self.build.args if self.build else ())}

    def _faults(self) -> list[Fault]:
        single = singleton_faults(self.replicas, self.deploy, spot=self.spot) if self.singleton else ()
        traced = tracing_faults(self.port, self.environment) if self.tracing else ()
        work = worker_faults(
            port=self.port, reached_by=self._reached_by(), consumes=self.consumes, replicas=self.replicas
        )
        return [
            *self._image_faults(),
            *super()._faults(),
            *argument_faults("health_command", self.health_command),
            *build_argument_faults(self.build.args if self.build else {}, self.not_secrets),
            *health_faults(self.health_command),
            *self._replica_faults(),
            *self._spot_faults(),
            *work,
            *single,
            *traced,
        ]

    def _reached_by(self) -> tuple[str, ...]:
        """The settings by which other services or users reach it."""
        ways = {"route": self.route is not None, "protocol: grpc": self.protocol == "grpc", "discovery": self.discovery}
        return tuple(way for way, there in ways.items() if there)

    def _spot_faults(self) -> list[Fault]:
        if self.spot is None or self.singleton or self.spot.base < self.replicas.peak:
            return []
        return [
            Fault(
                "spot.base",
                f"is {self.spot.base}, and at most {self.replicas.peak} tasks run, so none is on Spot; "
                f"write at most {self.replicas.peak - 1}, or raise replicas.max",
            )
        ]

    def _image_faults(self) -> list[Fault]:
        given = [key for key in ("image", "tag", "build") if getattr(self, key) is not None]
        if len(given) != 1:
            what = f"names {' and '.join(given)}" if given else "names no image"
            return [Fault("image", f"{what}; give exactly one of image, tag and build (`image: pending` to begin)")]
        if self.tag == "latest" and self.repository is not None and self.repository.existing is not None:
            return [Fault("tag", "latest changes under a running service; name a version, such as a commit")]
        if self.tag is not None and (reason := architecture_fault(self.tag, self.architecture)):
            return [Fault("tag", reason)]
        return self.reference_faults()

    def _replica_faults(self) -> list[Fault]:
        if self.replicas.peak < 2 or self.local_state == "accepted":
            return []
        inside = tuple(f"{path}/" for path in self.writable)
        return [
            Fault(
                f"environment.{name}",
                f"is a database file in the task, and {self.replicas.peak} tasks may run: "
                "each task would have its own data; set replicas.max to 1, or local_state: accepted",
            )
            for name, value in self.environment.items()
            if value.startswith(inside or ("/",)) and value.endswith((".db", ".sqlite", ".sqlite3"))
        ]
