"""Container definitions: a pure function with a stable order, so that unchanged settings make no new revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from settings.compute.command_words import health_check_command
from settings.compute.mounts import EXEC_PATHS
from settings.compute.workload import Workload

__all__ = ["container_definition", "log_configuration", "mount_point", "stop_timeout_s"]

# Fargate stops a task at most two minutes after SIGTERM.
_MAX_STOP_TIMEOUT_S = 120


def stop_timeout_s(longest_work_s: int) -> int:
    """Seconds between SIGTERM and SIGKILL: the longest work of the container, within Fargate's limit."""
    return max(30, min(_MAX_STOP_TIMEOUT_S, longest_work_s))


def mount_point(volume: str, path: str, *, read_only: bool) -> dict[str, Any]:
    """A volume of the task, mounted at `path` in a container."""
    return {"sourceVolume": volume, "containerPath": path, "readOnly": read_only}


def container_definition(
    name: str,
    workload: Workload,
    *,
    image: pulumi.Input[str],
    environment: Mapping[str, pulumi.Input[str]],
    secrets: Mapping[str, pulumi.Input[str]],
    log_group: pulumi.Input[str],
    region: str,
    mount_points: Sequence[Mapping[str, Any]] = (),
    depends_on: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The main container of a service or task, with the keys of ECS's API; empty values are left out.

    The root file system is read-only. `writable` paths are tmpfs, which users other than root can write to as well.
    `depends_on` maps the containers that come first to the condition that they must reach, such as `SUCCESS`.
    """
    linux: dict[str, Any] = {"initProcessEnabled": True}
    if workload.tmpfs:
        linux["tmpfs"] = [
            {"containerPath": path, "size": size, "mountOptions": ["nosuid", "nodev"]}
            for path, size in sorted(workload.tmpfs.items())
        ]
    app_protocol = {"appProtocol": workload.app_protocol} if workload.app_protocol else {}
    exec_paths = EXEC_PATHS if workload.exec else {}
    definition: dict[str, Any] = {
        "name": name,
        "image": image,
        "essential": True,
        "command": list(workload.command),
        "entryPoint": list(workload.entrypoint),
        "user": workload.user,
        "portMappings": [
            {"name": name, "containerPort": port, "hostPort": port, "protocol": "tcp", **app_protocol}
            for port in workload.ports
        ],
        "environment": [{"name": key, "value": environment[key]} for key in sorted(environment)],
        "secrets": [{"name": key, "valueFrom": secrets[key]} for key in sorted(secrets)],
        "readonlyRootFilesystem": True,
        "linuxParameters": linux,
        "mountPoints": [
            *(mount_point(volume, path, read_only=False) for volume, path in sorted(exec_paths.items())),
            *mount_points,
        ],
        "dependsOn": [
            {"containerName": other, "condition": condition} for other, condition in (depends_on or {}).items()
        ],
        "stopTimeout": stop_timeout_s(workload.stop_after_s),
        "healthCheck": _health_check(workload),
        "logConfiguration": log_configuration(name, log_group, region),
    }
    return {key: value for key, value in definition.items() if value not in (None, [], {})}


def log_configuration(name: str, log_group: pulumi.Input[str], region: str) -> dict[str, Any]:
    """The log driver: a container's output goes to `log_group`, in streams that begin with its name."""
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": log_group,
            "awslogs-region": region,
            "awslogs-stream-prefix": name,
            # A log that cannot be written must not stop the service.
            "mode": "non-blocking",
            "max-buffer-size": "25m",
        },
    }


def _health_check(workload: Workload) -> dict[str, Any]:
    command, start_period_s = workload.health
    if not command:
        return {}
    return {
        "command": health_check_command(command),
        "interval": 15,
        "timeout": 5,
        "retries": 3,
        "startPeriod": min(300, start_period_s),
    }
