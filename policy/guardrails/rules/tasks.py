"""ECS tasks: access to the host, the root file system, logs, EFS mounts."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import must_be, one_of
from ..containers import containers
from ..model import Context, Outcome, Rule, undecided, violation
from ..values import UNKNOWN, Node


def _host_access(ctx: Context) -> Iterator[Outcome]:
    for path in ("pidMode", "ipcMode"):
        mode = ctx.at(path).text("")
        if mode is UNKNOWN:
            yield undecided(f"{path} cannot be determined")
        elif mode == "host":
            yield violation(f"{path} must not be host")
    for container in containers(ctx):
        yield from must_be(container.at("privileged"), False, False)


def _read_only(ctx: Context) -> Iterator[Outcome]:
    for container in containers(ctx):
        yield from must_be(container.at("readonlyRootFilesystem"), True, False)


def _logged(ctx: Context) -> Iterator[Outcome]:
    for container in containers(ctx):
        driver = container.at("logConfiguration.logDriver")
        if driver.unknown:
            yield undecided(f"{driver.path} cannot be determined")
        elif driver.absent:
            yield violation(f"{driver.path} must be set")


def _efs_transit(ctx: Context) -> Iterator[Outcome]:
    for volume in ctx.at("volumes").items():
        efs: Node = volume.at("efsVolumeConfiguration")
        if not efs.absent:
            yield from one_of(efs.at("transitEncryption"), ("ENABLED",), "DISABLED")


RULES = (
    Rule(
        id="ecs-no-host-access",
        title="Containers are not privileged and do not share the host's processes",
        severity="high",
        controls=("FSBP ECS.3", "FSBP ECS.4"),
        fix="Remove privileged, pidMode and ipcMode.",
        types=("ecs/taskDefinition",),
        check=_host_access,
    ),
    Rule(
        id="ecs-read-only-root",
        title="Containers have a read-only root file system",
        severity="medium",
        controls=("FSBP ECS.5",),
        fix="Set readonlyRootFilesystem to true and mount volumes for writable paths.",
        types=("ecs/taskDefinition",),
        check=_read_only,
        baseline="advisory",
    ),
    Rule(
        id="ecs-containers-log",
        title="Containers have a log configuration",
        severity="medium",
        controls=("FSBP ECS.9",),
        fix="Set logConfiguration.",
        types=("ecs/taskDefinition",),
        check=_logged,
        baseline="advisory",
    ),
    Rule(
        id="ecs-efs-encrypted-in-transit",
        title="Tasks mount EFS with encryption in transit",
        severity="high",
        fix="Set efsVolumeConfiguration.transitEncryption to ENABLED.",
        types=("ecs/taskDefinition",),
        check=_efs_transit,
    ),
)
