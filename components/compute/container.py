"""Renders container definitions: a pure function, with stable order, so that no revision is made for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from settings.service import Service

__all__ = ["EXEC_PATHS", "container_definition", "stop_seconds"]

# The agent of ECS Exec writes here (aws/containers-roadmap#1359); bind mounts, since it puts its own files there.
EXEC_PATHS = {
    "exec-agent": "/managed-agents",
    "exec-state": "/var/lib/amazon/ssm",
    "exec-logs": "/var/log/amazon/ssm",
}
# Fargate stops a task at most two minutes after SIGTERM.
_LONGEST_STOP = 120


def stop_seconds(request_timeout_s: int) -> int:
    """Seconds between SIGTERM and SIGKILL: as long as one request may take, as far as Fargate waits."""
    return max(30, min(_LONGEST_STOP, request_timeout_s))


def container_definition(
    name: str,
    service: Service,
    *,
    image: pulumi.Input[str],
    environment: Mapping[str, pulumi.Input[str]],
    secrets: Mapping[str, pulumi.Input[str]],
    log_group: pulumi.Input[str],
    region: str,
) -> dict[str, Any]:
    """The container of a service, with the keys of ECS's API; empty ones are left out.

    The root file system is read-only; `writable` paths are tmpfs, which a user other than root can write, too.
    """
    linux: dict[str, Any] = {"initProcessEnabled": True}
    if service.tmpfs:
        linux["tmpfs"] = [
            {"containerPath": path, "size": size, "mountOptions": ["nosuid", "nodev"]}
            for path, size in sorted(service.tmpfs.items())
        ]
    definition: dict[str, Any] = {
        "name": name,
        "image": image,
        "essential": True,
        "command": list(service.command),
        "entryPoint": list(service.entrypoint),
        "user": service.user,
        "portMappings": [{"name": name, "containerPort": service.port, "hostPort": service.port, "protocol": "tcp"}],
        "environment": [{"name": key, "value": environment[key]} for key in sorted(environment)],
        "secrets": [{"name": key, "valueFrom": secrets[key]} for key in sorted(secrets)],
        "readonlyRootFilesystem": True,
        "linuxParameters": linux,
        "mountPoints": [
            {"sourceVolume": volume, "containerPath": path, "readOnly": False}
            for volume, path in sorted(EXEC_PATHS.items())
        ]
        if service.exec
        else [],
        "stopTimeout": stop_seconds(service.request_timeout_s),
        "healthCheck": _health_check(service),
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": log_group,
                "awslogs-region": region,
                "awslogs-stream-prefix": name,
                # A log that cannot be written must not stop the service.
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        },
    }
    return {key: value for key, value in definition.items() if value not in (None, [], {})}


def _health_check(service: Service) -> dict[str, Any]:
    if not service.health_command:
        return {}
    return {
        "command": ["CMD", *service.health_command],
        "interval": 15,
        "timeout": 5,
        "retries": 3,
        "startPeriod": min(300, service.start_seconds),
    }
