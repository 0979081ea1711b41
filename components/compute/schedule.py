"""One-off tasks that run by the clock."""

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

# Later, a run would come close to the next one, or at an hour that nobody has chosen.
_LONGEST_RETRY_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleArgs:
    """Arguments of `Schedule`."""

    settings: ScheduledTask
    """When, and with which command."""
    run_task_target: RunTaskTarget
    """What it takes to run the task."""
    group: ScheduleGroup
    """The group that the schedule is in."""
    account: Account
    """The account, its region and partition."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must be there before the first run, such as the way out."""


class Schedule(Component):
    """A schedule of EventBridge Scheduler that runs one task on Fargate, in private subnets.

    Creates: role, schedule.
    Guarantees: the role may run this task on this cluster, whatever its revision, pass the task's two roles to ECS,
    and put into the dead-letter queue what fails; only schedules of the group may assume it. Never on Spot, never with
    a public address. The schedule is encrypted with the stack's key.

    It names the task's family and no revision, so that ECS takes the newest one at each run: that which `up` or the
    delivery pipeline has registered last, whoever owns it, without a change of the schedule.
    """

    def __init__(self, name: str, args: ScheduleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        settings, run_task_target, group = args.settings, args.run_task_target, args.group
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="scheduler.amazonaws.com",
                description=f"Runs the task {settings.task} by the clock",
                permissions=[*_may_run(run_task_target), *group.dead_letter_permissions],
                # A schedule of another group, or of another account, must not borrow it.
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
                ecs_parameters=_parameters(run_task_target),
                input=json_text(settings.overrides) if settings.overrides else None,
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_retry_attempts=settings.retries,
                    maximum_event_age_in_seconds=min(_LONGEST_RETRY_S, (settings.period or 60) * 60),
                ),
                dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=group.dead_letter_arn),
            ),
            opts=self.child_opts(depends_on=[*role.policies, *run_task_target.dependencies, *args.depends_on]),
        )
        self.name = schedule.name
        self.arn = schedule.arn
        self.done(name=self.name)


def _parameters(run_task_target: RunTaskTarget) -> aws.scheduler.ScheduleTargetEcsParametersArgs:
    return aws.scheduler.ScheduleTargetEcsParametersArgs(
        task_definition_arn=run_task_target.family_arn,
        task_count=1,
        # Stated, so that no default strategy of the cluster ever puts it on Spot.
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


def _may_run(run_task_target: RunTaskTarget) -> list[Permission]:
    return [
        Permission(
            actions=["ecs:RunTask"],
            # ECS finds the newest revision first, and then asks IAM about that one.
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
