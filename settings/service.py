"""Settings of one service."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.clear_text import looks_like_value, looks_secret
from settings.connection import ConnectOrName
from settings.deploy import Deploy
from settings.fargate import memory_fault
from settings.image import Build, Repository
from settings.model import Fault, Model, refuse
from settings.replicas import Replicas
from settings.route import Route
from settings.types import EnvName, MetricNamespace, Port, WritablePath

__all__ = ["Service"]

PENDING = "pending"


class Service(Model):
    """A Fargate service."""

    image: Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w./:@-]*$", max_length=512)] | None = None
    """An image by digest or tag; `pending` creates everything with no task, until the first deployment."""
    tag: Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$")] | None = None
    """A tag in the service's own repository, such as a commit SHA."""
    build: Build | None = None
    """Build the image on `pulumi up`."""
    repository: Repository | None = None
    """The service's ECR repository; made by itself where `tag` or `build` needs one."""
    architecture: Literal["arm64", "x86_64"]
    """CPU architecture of the image; arm64 is about a fifth cheaper."""
    cpu: Literal[256, 512, 1024, 2048, 4096, 8192, 16384] = 256
    """CPU units; 1024 are one vCPU (about 30 USD a month on arm64, 36 on x86_64)."""
    memory: int = 512
    """Memory in MiB; 1 GiB costs about 3 USD a month."""
    port: Port
    """Port that the container listens on."""
    replicas: Replicas = Replicas()
    """Number of tasks."""
    spot: bool = False
    """Run on Fargate Spot: about 70 % cheaper, a task may be stopped with two minutes' notice."""
    route: Route | None = None
    """Requests from the load balancer; without it the service is not reachable from outside."""
    publishes: MetricNamespace | None = None
    """The namespace of observability.custom_metrics in which the service may publish, and in no other."""
    command: tuple[str, ...] = ()
    """Arguments of the container; by default the image's."""
    entrypoint: tuple[str, ...] = ()
    """Entry point; by default the image's."""
    user: Annotated[str, Field(pattern=r"^[a-z0-9_][a-z0-9_-]*(:[a-z0-9_][a-z0-9_-]*)?$")] | None = None
    """User (and group) that the container runs as; by default the image's."""
    health_command: tuple[str, ...] = ()
    """Command that ECS runs inside the container to check its health, such as [curl, -f, http://localhost/]."""
    start_seconds: Annotated[int, Field(ge=0, le=3600)] = 60
    """Seconds after its start in which a task may be unhealthy."""
    request_timeout_s: Annotated[int, Field(ge=1, le=3600)] = 30
    """Seconds that one request may take; idle timeouts, draining and stopping all wait as long. A load balancer drains
    for an hour at most."""
    writable: tuple[WritablePath, ...] = ()
    """Paths that are writable, in memory and emptied with the task; the rest of the file system is read-only."""
    writable_mb: Annotated[int, Field(ge=1, le=10240)] = 64
    """Size in MiB of each writable path; it counts as the task's memory."""
    environment: dict[EnvName, str] = {}
    """Plain environment variables."""
    secrets: dict[EnvName, str] = {}
    """Environment variables from secrets, as `secret-name` or `secret-name:json-key`."""
    connects_to: tuple[ConnectOrName, ...] = ()
    """What the service may reach, by name; each entry opens one network path and injects the environment for it."""
    exec: bool = False
    """ECS Exec: a shell in the running container."""
    deploy: Deploy = Deploy()
    """Deployment."""
    local_state: Literal["refused", "accepted"] = "refused"
    """Accept that each task keeps a database file of its own, which is lost with the task."""

    @property
    def pending(self) -> bool:
        """Whether the first image is still to come."""
        return self.image == PENDING

    @property
    def own_repository(self) -> Repository | None:
        """The service's ECR repository, if it has or needs one."""
        needs_one = self.tag is not None or self.build is not None
        return self.repository or (Repository() if needs_one else None)

    @property
    def tmpfs(self) -> dict[str, int]:
        """Writable paths with their size in MiB."""
        return dict.fromkeys(self.writable, self.writable_mb)

    @property
    def secret_refs(self) -> dict[str, tuple[str, str | None]]:
        """Environment variable -> secret name and JSON key."""
        return {env: (ref.partition(":")[0], ref.partition(":")[2] or None) for env, ref in self.secrets.items()}

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(
            [
                *self._image_faults(),
                *self._size_faults(),
                *self._environment_faults(),
                *self._secret_faults(),
                *self._replica_faults(),
            ]
        )
        return self

    def _image_faults(self) -> list[Fault]:
        given = [key for key in ("image", "tag", "build") if getattr(self, key) is not None]
        if len(given) != 1:
            what = f"names {' and '.join(given)}" if given else "names no image"
            return [Fault("image", f"{what}; give exactly one of image, tag and build (`image: pending` to begin)")]
        image = self.image or ""
        if image and not self.pending and ":" not in image.rpartition("/")[2]:
            return [Fault("image", f"{image!r} has no tag, which means latest; name a tag or a digest")]
        if image.endswith(":latest"):
            return [Fault("image", "the tag latest changes under a running service; name a version or a digest")]
        return []

    def _size_faults(self) -> list[Fault]:
        reason = memory_fault(self.cpu, self.memory)
        faults = [Fault("memory", reason)] if reason else []
        used = sum(self.tmpfs.values())
        if used > self.memory // 2:
            faults.append(
                Fault(
                    "writable_mb",
                    f"writable paths take {used} MiB, more than half of the task's "
                    f"{self.memory} MiB; lower it or raise memory",
                )
            )
        if len(set(self.writable)) < len(self.writable):
            faults.append(Fault("writable", "names a path twice"))
        return faults

    def _environment_faults(self) -> list[Fault]:
        faults = []
        for name, value in self.environment.items():
            if looks_secret(name, value):
                faults.append(
                    Fault(
                        f"environment.{name}",
                        "looks like a secret in the clear (its value is not shown); "
                        f"write it under secrets: {{{name}: some-secret-name}}",
                    )
                )
            elif name in self.secrets:
                faults.append(Fault(f"environment.{name}", "stands under secrets, too; keep one of them"))
        return faults

    def _secret_faults(self) -> list[Fault]:
        pattern = re.compile(r"[A-Za-z][A-Za-z0-9_/-]{0,63}(:[A-Za-z0-9_.-]+)?")
        return [
            Fault(
                f"secrets.{env}",
                "is not the name of a secret (what stands there is not shown); write secret-name "
                "or secret-name:json-key, and set the value out of band",
            )
            for env, ref in self.secrets.items()
            if not pattern.fullmatch(ref) or looks_like_value(ref)
        ]

    def _replica_faults(self) -> list[Fault]:
        if self.replicas.max < 2 or self.local_state == "accepted":
            return []
        inside = tuple(f"{path}/" for path in self.writable)
        return [
            Fault(
                f"environment.{name}",
                f"is a database file in the task, and replicas.max is {self.replicas.max}: "
                "each task would have its own data; set replicas.max to 1, or local_state: accepted",
            )
            for name, value in self.environment.items()
            if value.startswith(inside or ("/",)) and value.endswith((".db", ".sqlite", ".sqlite3"))
        ]
