"""Volumes and configuration files in a task definition."""

from __future__ import annotations

import json
from typing import Any

from components.compute.task_definition import TaskDefinition
from preview.plan import Plan
from settings.compute.services import Service as ServiceSettings
from settings.compute.workload import Workload
from tests.components.compute.tasks import MOUNT, SYSTEM_ARN, containers, definition_args, task_definition
from tests.recording import one, record

FILES = {"/etc/app/app.yml": "a: 1\n"}


def volumes_plan(*, exec_: bool = False, **others: Any) -> Plan:
    settings: Workload = ServiceSettings.model_validate(
        {"image": "example/app:1", "architecture": "arm64", "port": 80, "exec": exec_}
    )
    return record(lambda: TaskDefinition("api-task", definition_args("api", settings, **others)))


def test_a_file_system_is_mounted_over_tls_by_the_task_s_role() -> None:
    for phase in volumes_plan(mounts=[MOUNT]).phases.values():
        assert task_definition(phase).inputs["volumes"] == [
            {
                "name": "shared-data",
                "efsVolumeConfiguration": {
                    "fileSystemId": "fs-1",
                    "transitEncryption": "ENABLED",
                    "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"},
                },
            }
        ]


def test_the_container_finds_it_and_the_root_stays_read_only() -> None:
    container = containers(volumes_plan(mounts=[MOUNT]).phases["deployed"])[0]
    assert container["mountPoints"] == [{"sourceVolume": "shared-data", "containerPath": "/data", "readOnly": False}]
    assert container["readonlyRootFilesystem"] is True


def test_the_task_role_has_the_mount_s_permission_and_the_execution_role_has_not() -> None:
    phase = volumes_plan(mounts=[MOUNT]).phases["deployed"]
    task, execution = (
        one(phase, "aws:iam/rolePolicy:RolePolicy", f"api-task-{role}-policy").inputs["policy"]
        for role in ("task", "execution")
    )
    assert json.loads(task)["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            "Resource": [SYSTEM_ARN],
        }
    ]
    assert "elasticfilesystem" not in execution


def test_files_are_written_before_the_container_starts() -> None:
    phase = volumes_plan(files=FILES).phases["deployed"]
    main, writer = containers(phase)
    assert main["dependsOn"] == [{"containerName": writer["name"], "condition": "SUCCESS"}]
    assert main["mountPoints"] == [{"sourceVolume": "files-0", "containerPath": "/etc/app", "readOnly": True}]
    assert task_definition(phase).inputs["volumes"] == [{"name": "files-0"}]
    statements = json.loads(one(phase, "aws:iam/rolePolicy:RolePolicy").inputs["policy"])["Statement"]
    parameter = one(phase, "aws:ssm/parameter:Parameter")
    assert statements[0] == {"Effect": "Allow", "Action": ["ssm:GetParameters"], "Resource": [parameter.outputs["arn"]]}


def test_exec_keeps_its_paths_next_to_volumes_and_files() -> None:
    phase = volumes_plan(exec_=True, mounts=[MOUNT], files=FILES).phases["deployed"]
    names = {volume["name"] for volume in task_definition(phase).inputs["volumes"]}
    assert names == {"exec-agent", "exec-logs", "exec-state", "files-0", "shared-data"}
    mounted = {mount["sourceVolume"] for mount in containers(phase)[0]["mountPoints"]}
    assert mounted == names


def test_without_any_there_is_one_container_and_no_volume() -> None:
    phase = volumes_plan().phases["deployed"]
    assert len(containers(phase)) == 1
    assert not {"dependsOn", "mountPoints"} & containers(phase)[0].keys()
    assert "volumes" not in task_definition(phase).inputs
