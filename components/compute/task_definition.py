"""Task definitions with their roles and log group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.compute.collector import COLLECTOR, SEND_TRACES, collector
from components.compute.config_files import WRITER, ConfigFiles, ConfigFilesArgs
from components.compute.container import container_definition, mount_point
from components.compute.volumes import volumes
from components.identity.role import Role, RoleArgs
from components.json_text import json_text
from components.values import Mount, Permission
from settings.compute.workload import Workload

__all__ = ["TaskDefinition", "TaskDefinitionArgs"]

_EXEC_CHANNELS = Permission(
    actions=[
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ],
    resources=["*"],
    reason="the channels of ECS Exec have no resource type",
)
_FIND_LOG_GROUP = Permission(
    actions=["logs:DescribeLogGroups"],
    resources=["*"],
    reason="ECS Exec lists log groups before it writes a session's transcript",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinitionArgs:
    """Arguments of `TaskDefinition`."""

    settings: Workload
    """Settings of the service or task."""
    container_name: str
    """Name of the container."""
    family: str
    """Family: its revisions can be listed, and a deployment can return to one of them."""
    image: pulumi.Input[str]
    """The image."""
    account: Account
    """The account, its region and partition."""
    log_group_name: str
    """Name of the log group, which people type."""
    log_retention_days: int
    """Days that logs are kept."""
    log_key_arn: pulumi.Input[str] | None = None
    """KMS key that encrypts the log group."""
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """Plain environment variables."""
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """Environment variables by `valueFrom`."""
    execution_permissions: Sequence[Permission] = ()
    """What ECS needs to start the task: pull the image, read these secrets."""
    task_permissions: Sequence[Permission] = ()
    """What the code in the container may do."""
    mounts: Sequence[Mount] = ()
    """Access points of file systems."""
    files: ConfigFilesArgs | None = None
    """Configuration files."""
    collector_image: str | None = None
    """Image of the trace collector; without one there is no collector."""


class TaskDefinition(Component):
    """A Fargate task definition.

    Creates: log group, execution role, task role, configuration files (if any), task definition.
    Guarantees: the execution role reads exactly the secrets named and writes exactly this log group; the task role
    has what the container's code needs and none of the execution role's permissions; with `exec`, what is typed in a
    session, and its answer, is in the log group; the root file system is
    read-only; architecture and operating system are explicit; JSON keys are in a stable order; a trace collector
    starts before the container and stops after it, and its failure stops no task.
    """

    def __init__(self, name: str, args: TaskDefinitionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        self._args = args

        log_group = self._log_group()
        files = ConfigFiles(self.child_name("files"), args.files, opts=self.child_opts()) if args.files else None
        execution_role = self._execution_role(log_group, files)
        task_role = self._task_role(log_group)
        definition = self._definition(
            self._containers(log_group, files), files.volumes if files else (), execution_role, task_role
        )

        self.arn = definition.arn
        self.family = args.family
        self.role_arns = (execution_role.arn, task_role.arn)
        self.definition = definition
        self.log_group_name = log_group.name
        # A task that starts before its roles have their policies is denied its secrets, and one that starts before the
        # mount targets finds no file system.
        self.dependencies: Sequence[pulumi.Resource] = [
            *execution_role.policies,
            *task_role.policies,
            *(resource for mount in args.mounts for resource in mount.dependencies),
        ]
        self.done(arn=self.arn)

    def _log_group(self) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            self.child_name("logs"),
            name=self._args.log_group_name,
            retention_in_days=self._args.log_retention_days,
            kms_key_id=self._args.log_key_arn,
            opts=self.child_opts(),
        )

    def _execution_role(self, log_group: aws.cloudwatch.LogGroup, files: ConfigFiles | None) -> Role:
        write_logs = Permission(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[pulumi.Output.concat(log_group.arn, ":*")],
        )
        read_files = [files.permission] if files else []
        return self._role("execution", "Starts the tasks", [*self._args.execution_permissions, *read_files, write_logs])

    def _task_role(self, log_group: aws.cloudwatch.LogGroup) -> Role:
        args = self._args
        permissions = [
            *args.task_permissions,
            *(mount.permission for mount in args.mounts),
            *(_exec_permissions(log_group) if args.settings.exec else []),
            *([SEND_TRACES] if args.collector_image else []),
        ]
        return self._role("task", "Used by the code in the tasks", permissions)

    def _role(self, role: str, description: str, permissions: Sequence[Permission]) -> Role:
        return Role(
            self.child_name(role),
            RoleArgs(
                service="ecs-tasks.amazonaws.com",
                description=f"{description} of {self._args.container_name}",
                permissions=permissions,
                conditions=self._args.account.is_source,
            ),
            opts=self.child_opts(),
        )

    def _containers(self, log_group: aws.cloudwatch.LogGroup, files: ConfigFiles | None) -> list[dict[str, Any]]:
        """The main container and its helpers, with the keys of ECS's API."""
        args, region = self._args, self._args.account.region
        main = container_definition(
            args.container_name,
            args.settings,
            image=args.image,
            environment=args.environment,
            secrets=args.secrets,
            log_group=log_group.name,
            region=region,
            mount_points=[
                *(mount_point(mount.name, mount.path, read_only=mount.read_only) for mount in args.mounts),
                *(files.mount_points if files else ()),
            ],
            depends_on={
                **({WRITER: "SUCCESS"} if files else {}),
                **({COLLECTOR: "START"} if args.collector_image else {}),
            },
        )
        return [
            main,
            *([files.writer(log_group.name, region)] if files else []),
            *([collector(args.collector_image, log_group.name, region)] if args.collector_image else []),
        ]

    def _definition(
        self, containers: list[dict[str, Any]], file_volumes: Sequence[str], execution_role: Role, task_role: Role
    ) -> aws.ecs.TaskDefinition:
        args, settings = self._args, self._args.settings
        return aws.ecs.TaskDefinition(
            self.child_name(),
            family=args.family,
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(settings.cpu),
            memory=str(settings.memory),
            runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
                cpu_architecture=settings.architecture.upper(), operating_system_family="LINUX"
            ),
            execution_role_arn=execution_role.arn,
            task_role_arn=task_role.arn,
            container_definitions=json_text(containers, sort_keys=True),
            volumes=volumes(args.mounts, file_volumes, with_exec=settings.exec) or None,
            # A rollback needs the earlier revisions, so none is deregistered.
            skip_destroy=True,
            opts=self.child_opts(),
        )


def _exec_permissions(log_group: aws.cloudwatch.LogGroup) -> list[Permission]:
    """What a session of ECS Exec takes, which uses the task role: its channels, and writing its transcript.

    Unless the cluster says otherwise, the transcript goes to the log group of the container.
    """
    transcript = Permission(
        actions=["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources=[pulumi.Output.concat(log_group.arn, ":*")],
    )
    return [_EXEC_CHANNELS, _FIND_LOG_GROUP, transcript]
