"""Settings that services and standalone tasks share: what a container is, and what it gets."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.clear_text import argument_faults
from settings.compute.command_words import word_faults
from settings.compute.connects_to import ConnectOrName
from settings.compute.environment import environment_faults, local_side_faults, secret_faults
from settings.compute.fargate import memory_fault
from settings.compute.image import architecture_fault, tag_fault
from settings.compute.mounts import mount_faults
from settings.compute.volumes import Volume
from settings.data import DataUses
from settings.files import TextOrFile
from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.reasons import Because, Variable, vain_faults
from settings.types import EnvName, MetricNamespace, WritablePath

__all__ = ["PENDING", "Image", "Workload"]

PENDING = "pending"
Image = Annotated[
    str,
    Field(max_length=512),
    matches(
        r"[A-Za-z0-9][\w./:@-]*",
        "is not an image reference; write one like public.ecr.aws/docker/library/nginx:1.29",
        in_schema=True,
    ),
]


User = Annotated[
    str,
    matches(
        r"[a-z0-9_][a-z0-9_-]*(:[a-z0-9_][a-z0-9_-]*)?",
        "is not a user of a container; write a name or an id, such as app, 1000 or 1000:1000",
        in_schema=True,
    ),
]


class Container(Model):
    """A container on Fargate: what it is, and what it connects to."""

    image: Image | None = None
    """An image by digest or tag; `pending` creates everything with no task, until the first deployment. The first image
    after `pending` replaces the service, which has no task, unless `deploy.owner` is delivery."""
    architecture: Literal["arm64", "x86_64"]
    """CPU architecture of the image; arm64 is about a fifth cheaper."""
    cpu: Literal[256, 512, 1024, 2048, 4096, 8192, 16384] = 256
    """CPU units; 1024 are one vCPU (about 30 USD a month on arm64, 36 on x86_64)."""
    memory: int = 512
    """Memory in MiB; 1 GiB costs about 3 USD a month."""
    command: tuple[str, ...] = ()
    """Arguments of the container; by default the image's."""
    entrypoint: tuple[str, ...] = ()
    """Entry point; by default the image's."""
    user: User | None = None
    """User (and group) that the container runs as, such as 1000:1000; by default the image's, which may be root."""
    writable: tuple[WritablePath, ...] = ()
    """Paths that are writable, in memory and emptied with the task; the rest of the file system is read-only."""
    writable_mb: Annotated[int, Field(ge=1, le=10240)] = 64
    """Size in MiB of each writable path; it counts as the task's memory."""
    volumes: Annotated[tuple[Volume, ...], Field(max_length=10)] = ()
    """Directories on file systems of `data.file_systems`, which outlive the task."""
    files: dict[WritablePath, TextOrFile] = {}
    """Configuration files by path, as text or as {file: path in the repository}. They are kept in SSM parameters, and
    written before the container starts; their directory holds nothing else of the image. Never secrets."""
    environment: dict[EnvName, str] = {}
    """Plain environment variables."""
    secrets: dict[EnvName, str] = {}
    """Environment variables from secrets, as `secret-name` or `secret-name:json-key`."""
    not_secrets: dict[Variable, Because] = {}
    """Variables of `environment` and of `build.args`, and flags of `command`, that look like secrets by their names and
    are none, each with the reason: `{SESSION_KEY: the name of a cookie}`. A value in the form of a credential is still
    rejected."""
    connects_to: tuple[ConnectOrName, ...] = ()
    """What it may reach, by name: databases, Redis stores, and services with `discovery` or `protocol: grpc`. Each
    entry opens one network path; a store's injects the environment for it, a service's only the variables that `env`
    names."""


class Workload(DataUses, Container):
    """A container on Fargate, with the stores that it uses."""

    publishes: MetricNamespace | None = None
    """The namespace of observability.custom_metrics in which it may publish, and in no other."""
    exec: bool = False
    """ECS Exec: a shell in the running container. What is typed and answered is in its log group, if the image has
    `script` and `cat`."""

    @property
    def pending(self) -> bool:
        """Whether the first image is still to come."""
        return self.image == PENDING

    @property
    def tmpfs(self) -> dict[str, int]:
        """Writable paths with their size in MiB."""
        return dict.fromkeys(self.writable, self.writable_mb)

    @property
    def secret_refs(self) -> dict[str, tuple[str, str | None]]:
        """Environment variable -> secret name and JSON key."""
        return {env: (ref.partition(":")[0], ref.partition(":")[2] or None) for env, ref in self.secrets.items()}

    @property
    def plain_variables(self) -> Collection[str]:
        """The names of the variables that are in the clear, of which some may look like secrets and be none."""
        return self.environment

    @property
    def ports(self) -> tuple[int, ...]:
        """Ports that the container listens on."""
        return ()

    @property
    def app_protocol(self) -> str | None:
        """The protocol of its ports, where a proxy must know it."""
        return None

    @property
    def traced(self) -> bool:
        """Whether a collector of traces runs in the task."""
        return False

    @property
    def stop_after_s(self) -> int:
        """Seconds that the container may take to end what it does."""
        return 120

    @property
    def health(self) -> tuple[tuple[str, ...], int]:
        """The command that checks the container's health, and the seconds after its start in which it may fail."""
        return (), 0

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> list[Fault]:
        """All faults at once; subclasses add theirs."""
        return [
            *self._size_faults(),
            *environment_faults(self.environment, self.secrets, self.not_secrets),
            *vain_faults(self.not_secrets, self.plain_variables, (*self.entrypoint, *self.command)),
            *local_side_faults(self.environment),
            *secret_faults(self.secrets),
            *argument_faults("command", self.command, self.not_secrets),
            *argument_faults("entrypoint", self.entrypoint, self.not_secrets),
            *word_faults("command", self.command, program=False),
            *word_faults("entrypoint", self.entrypoint, program=True),
            *mount_faults(self.writable, self.volumes, tuple(self.files), with_exec=self.exec),
        ]

    def reference_faults(self) -> list[Fault]:
        """Why the image cannot be run, or would change under the running container."""
        if self.image is None:
            return []
        reason = tag_fault(self.image) or architecture_fault(self.image, self.architecture)
        return [Fault("image", reason)] if reason else []

    def _size_faults(self) -> list[Fault]:
        reason = memory_fault(self.cpu, self.memory)
        faults = [Fault("memory", reason)] if reason else []
        used = sum(self.tmpfs.values())
        if used > self.memory // 2:
            faults.append(
                Fault(
                    "writable_mb",
                    f"writable paths take {used} MiB, more than half of the task's "
                    f"{self.memory} MiB; write at most {self.memory // 2 // len(self.tmpfs)}, or raise memory",
                )
            )
        return faults
