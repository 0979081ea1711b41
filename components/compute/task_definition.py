"""Task definitions with their roles and log group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.compute.collector import COLLECTOR, MAY_TRACE, collector
from components.compute.config_files import WRITER, ConfigFiles, ConfigFilesArgs
from components.compute.container import container_definition, mount_point
from components.compute.volumes import volumes
from components.identity.role import Role, RoleArgs
from components.json_text import json_text
from components.values import Mount, Permission
from settings.compute.workload import Workload

__all__ = ["TaskDefinition", "TaskDefinitionArgs"]

_EXEC = Permission(
    actions=[
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ],
    resources=["*"],
    reason="the channels of ECS Exec know no resource",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinitionArgs:
    """Arguments of `TaskDefinition`."""

    settings: Workload
    """The settings of the service or task."""
    container_name: str
    """Name of the container."""
    family: str
    """Family: revisions of one family can be listed and rolled back to."""
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
    """Image of the collector of traces; without one there is none."""


class TaskDefinition(Component):
    """A Fargate task definition.

    Creates: log group, execution role, task role, configuration files by setting, task definition.
    Guarantees: the execution role reads exactly the secrets named and writes exactly this log group; the task role
    has what the container's code needs and nothing of the execution role's; the root file system is read-only;
    architecture and operating system are stated; JSON keys are in a stable order; a collector of traces starts before
    the container and stops after it, and its failure stops no task.
    """

    def __init__(self, name: str, args: TaskDefinitionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        self._args = args
        settings = args.settings
        group = aws.cloudwatch.LogGroup(
            self.child_name("logs"),
            name=args.log_group_name,
            retention_in_days=args.log_retention_days,
            kms_key_id=args.log_key_arn,
            opts=self.child_opts(),
        )
        files = ConfigFiles(self.child_name("files"), args.files, opts=self.child_opts()) if args.files else None
        write_logs = Permission(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[pulumi.Output.concat(group.arn, ":*")],
        )
        execution = self._role(
            "execution",
            "Starts the tasks",
            [*args.execution_permissions, *([files.permission] if files else []), write_logs],
        )
        task = self._role(
            "task",
            "Used by the code in the tasks",
            [
                *args.task_permissions,
                *(mount.permission for mount in args.mounts),
                *([_EXEC] if settings.exec else []),
                *([MAY_TRACE] if args.collector_image else []),
            ],
        )
        container = container_definition(
            args.container_name,
            settings,
            image=args.image,
            environment=args.environment,
            secrets=args.secrets,
            log_group=group.name,
            region=args.account.region,
            mount_points=[
                *(mount_point(mount.name, mount.path, read_only=mount.read_only) for mount in args.mounts),
                *(files.mount_points if files else ()),
            ],
            after={
                **({WRITER: "SUCCESS"} if files else {}),
                **({COLLECTOR: "START"} if args.collector_image else {}),
            },
        )
        containers = [container]
        if files:
            containers.append(files.writer(group.name, args.account.region))
        if args.collector_image:
            containers.append(collector(args.collector_image, group.name, args.account.region))
        definition = aws.ecs.TaskDefinition(
            self.child_name(),
            family=args.family,
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(settings.cpu),
            memory=str(settings.memory),
            runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
                cpu_architecture=settings.architecture.upper(), operating_system_family="LINUX"
            ),
            execution_role_arn=execution.arn,
            task_role_arn=task.arn,
            container_definitions=json_text(containers, sort_keys=True),
            volumes=volumes(args.mounts, files.volumes if files else (), with_exec=settings.exec) or None,
            # A rollback needs the earlier revisions, so none is deregistered.
            skip_destroy=True,
            opts=self.child_opts(),
        )
        self.arn = definition.arn
        self.family = args.family
        self.role_arns = (execution.arn, task.arn)
        self.definition = definition
        self.log_group_name = group.name
        # A task that starts before its roles have their policies is denied its secrets, and one that starts before the
        # mount targets finds no file system.
        self.dependencies: Sequence[pulumi.Resource] = [
            *execution.policies,
            *task.policies,
            *(resource for mount in args.mounts for resource in mount.dependencies),
        ]
        self.done(arn=self.arn)

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
