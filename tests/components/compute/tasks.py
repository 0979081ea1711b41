"""Task definitions with as little as a service or a standalone task needs."""

from __future__ import annotations

import json
from typing import Any

from components.compute.config_files import ConfigFilesArgs
from components.compute.task_definition import TaskDefinitionArgs
from components.values import Mount, Permission
from preview.plan import Phase, Record
from settings.compute.workload import Workload
from tests.components.compute.service_plans import task_args
from tests.recording import one

__all__ = ["MOUNT", "SYSTEM_ARN", "containers", "definition_args", "task_definition"]

SYSTEM_ARN = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1"
MOUNT = Mount(
    name="shared-data",
    path="/data",
    file_system_id="fs-1",
    access_point_id="fsap-1",
    permission=Permission(
        actions=["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], resources=[SYSTEM_ARN]
    ),
)


def definition_args(name: str, settings: Workload, **others: Any) -> TaskDefinitionArgs:
    """Arguments of a task definition called `name`, without secrets and permissions; `files` maps paths to texts."""
    files = others.pop("files", None)
    return task_args(
        settings,
        container_name=name,
        family=f"test-{name}",
        log_group_name=f"/test/service/{name}",
        environment={},
        secrets={},
        execution_permissions=[],
        task_permissions=[],
        files=ConfigFilesArgs(files=files, stack="test", workload=name, image="busybox:1") if files else None,
        **others,
    )


def task_definition(phase: Phase) -> Record:
    """The task definition, of which the plan has one."""
    return one(phase, "aws:ecs/taskDefinition:TaskDefinition")


def containers(phase: Phase) -> list[dict[str, Any]]:
    """The containers of the task definition."""
    return json.loads(task_definition(phase).inputs["containerDefinitions"])
