"""Tasks that run once and stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.compute.task_definition import TaskDefinition, TaskDefinitionArgs
from components.values import Peer

__all__ = ["RunTaskTarget", "StandaloneTask", "StandaloneTaskArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneTaskArgs:
    """Arguments of `StandaloneTask`."""

    task: TaskDefinitionArgs
    """The task definition."""
    cluster_name: pulumi.Input[str]
    """The name of the cluster that it runs on."""
    cluster_arn: pulumi.Input[str]
    """The cluster's ARN."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTaskTarget:
    """What an automatic caller, such as a schedule, needs to run the task: cluster, network, family and roles."""

    cluster_arn: pulumi.Input[str]
    family_arn: pulumi.Input[str]
    """The task definition without a revision: ECS runs the newest."""
    tasks_arn: pulumi.Input[str]
    """All tasks of the cluster."""
    role_arns: Sequence[pulumi.Input[str]]
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    exec: bool
    dependencies: Sequence[pulumi.Resource]
    """What must exist before the first run."""


class StandaloneTask(Component):
    """A task that a person, a pipeline or a schedule runs, such as a migration; free of charge while it does not run.

    Creates: task definition with its roles and log group, security group (no rules: paths are `Connection`s); no ECS
    service.
    Guarantees: `run` holds all that RunTask needs, and no secret.
    """

    def __init__(self, name: str, args: StandaloneTaskArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        task = TaskDefinition(self.child_name("task"), args.task, opts=self.child_opts())
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description=f"One-off task {args.task.container_name}",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        self.peer = Peer(name=args.task.container_name, security_group_id=group.id)
        self.task_definition_arn = task.arn
        self.family = task.family
        self.log_group_name = task.log_group_name
        self.run: Mapping[str, Any] = {
            "cluster": args.cluster_name,
            "task_definition": task.arn,
            "family": task.family,
            "container": args.task.container_name,
            "subnets": list(args.subnet_ids),
            "security_groups": [group.id],
            "log_group": task.log_group_name,
            "exec": args.task.settings.exec,
        }
        self.run_task_target = RunTaskTarget(
            cluster_arn=args.cluster_arn,
            # Not an output of the task definition, whose every new revision would show up as a change.
            family_arn=args.task.account.arn("ecs", "task-definition/", args.task.family),
            tasks_arn=args.task.account.arn("ecs", "task/", args.cluster_name, "/*"),
            role_arns=task.role_arns,
            subnet_ids=args.subnet_ids,
            security_group_id=group.id,
            exec=args.task.settings.exec,
            dependencies=[task.definition, *task.dependencies],
        )
        self.done(task_definition=self.task_definition_arn)
