"""Standalone tasks that run on a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.compute.schedule_group import ScheduleGroup
from components.compute.standalone_task import RunTaskTarget
from components.identity.role import Role, RoleArgs
from components.json_text import json_text
from components.values import Permission
from settings.compute.schedules import ScheduledTask

__all__ = ["Schedule", "ScheduleArgs"]

# A later retry would come close to the next run, or at an unexpected hour.
_MAX_EVENT_AGE_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleArgs:
    """Arguments of `Schedule`."""

    settings: ScheduledTask
    """The time, and the command."""
    run_task_target: RunTaskTarget
    """The task, as a target of the schedule."""
    group: ScheduleGroup
    """The schedule group, with the dead-letter queue."""
    account: Account
    """The account, its region and partition."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must exist before the first run, such as egress."""


class Schedule(Component):
    """An EventBridge Scheduler schedule that runs one task on Fargate, in private subnets.

    Creates: role, schedule.
    Guarantees: the role may run this task, in any revision, on this cluster, pass the task's two roles to ECS, and
    send failed runs to the dead-letter queue; only schedules of the group may assume it; never on Spot, never with a
    public address; the schedule is encrypted with the stack's key.

    The schedule names the task's family and no revision, so that each run takes the newest revision, whether `up` or
    the delivery pipeline has registered it.
    """

    def __init__(self, name: str, args: ScheduleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        settings, run_task_target, group = args.settings, args.run_task_target, args.group
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="scheduler.amazonaws.com",
                description=f"Runs the task {settings.task} on a schedule",
                permissions=[*_run_task_permissions(run_task_target), *group.dead_letter_permissions],
                # No schedule of another group or another account may use the role.
                conditions={"StringEquals": {"aws:SourceAccount": args.account.id, "aws:SourceArn": group.arn}},
            ),
            opts=self.child_opts(),
        )
        window = settings.window_minutes
        schedule = aws.scheduler.Schedule(
            self.child_name(),
            group_name=group.name,
            description=f"Runs the task {settings.task}",
            schedule_expression=settings.expression,
            schedule_expression_timezone=settings.timezone,
            state="ENABLED" if settings.enabled else "DISABLED",
            flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(
                mode="FLEXIBLE" if window else "OFF", maximum_window_in_minutes=window or None
            ),
            kms_key_arn=group.key_arn,
            target=aws.scheduler.ScheduleTargetArgs(
                arn=run_task_target.cluster_arn,
                role_arn=role.arn,
                ecs_parameters=_ecs_parameters(run_task_target),
                input=json_text(settings.overrides) if settings.overrides else None,
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_retry_attempts=settings.retries,
                    maximum_event_age_in_seconds=min(_MAX_EVENT_AGE_S, (settings.period or 60) * 60),
                ),
                dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=group.dead_letter_arn),
            ),
            opts=self.child_opts(depends_on=[*role.policies, *run_task_target.dependencies, *args.depends_on]),
        )
        self.name = schedule.name
        self.arn = schedule.arn
        self.done(name=self.name)


def _ecs_parameters(run_task_target: RunTaskTarget) -> aws.scheduler.ScheduleTargetEcsParametersArgs:
    return aws.scheduler.ScheduleTargetEcsParametersArgs(
        task_definition_arn=run_task_target.family_arn,
        task_count=1,
        # Explicit, so that no default strategy of the cluster can put it on Spot.
        launch_type="FARGATE",
        platform_version="LATEST",
        network_configuration=aws.scheduler.ScheduleTargetEcsParametersNetworkConfigurationArgs(
            subnets=list(run_task_target.subnet_ids),
            security_groups=[run_task_target.security_group_id],
            assign_public_ip=False,
        ),
        propagate_tags="TASK_DEFINITION",
        enable_ecs_managed_tags=True,
        enable_execute_command=run_task_target.exec,
    )


def _run_task_permissions(run_task_target: RunTaskTarget) -> list[Permission]:
    return [
        Permission(
            actions=["ecs:RunTask"],
            # ECS resolves the newest revision first, and IAM checks that one.
            resources=[pulumi.Output.concat(run_task_target.family_arn, ":*")],
            conditions={"ArnEquals": {"ecs:cluster": run_task_target.cluster_arn}},
        ),
        Permission(
            actions=["ecs:TagResource"],
            resources=[run_task_target.tasks_arn],
            conditions={"StringEquals": {"ecs:CreateAction": "RunTask"}},
        ),
        Permission(
            actions=["iam:PassRole"],
            resources=list(run_task_target.role_arns),
            conditions={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
        ),
    ]
