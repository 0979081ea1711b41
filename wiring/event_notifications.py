"""What notifies beside alarms and e-mails: a Slack channel, events, a budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pulumi

from components.data.backup_plan import BackupPlan
from components.observability.budget import Budget, BudgetArgs
from components.observability.event_notification import EventNotification, EventNotificationArgs
from components.observability.event_notifications import (
    database_trouble,
    failed_backups,
    failed_copies,
    failed_deployments,
    failed_rotations,
    stopped_tasks,
)
from components.observability.slack import SlackChannel, SlackChannelArgs
from components.observability.topic import Topic
from settings import Settings
from wiring.compute import Compute
from wiring.context import StackContext

__all__ = ["event_notifications"]


def event_notifications(
    ctx: StackContext,
    settings: Settings,
    topic: Topic,
    compute: Compute,
    *,
    backup_plan: BackupPlan | None,
    other_rotations: Sequence[pulumi.Output[str]],
) -> None:
    """The topic's channel in Slack, its event notifications, and its budget.

    `other_rotations` are the secrets that are rotated without a redeployment, whose alarm would tell of a failure.
    """
    observability = settings.observability
    if observability.slack is not None:
        SlackChannel(
            "slack",
            SlackChannelArgs(
                configuration_name=ctx.physical_name("chat-configuration", "alarms"),
                workspace_id=observability.slack.workspace_id,
                channel_id=observability.slack.channel_id,
                account=ctx.account,
                topic_arn=topic.arn,
            ),
            opts=ctx.opts("observability.slack"),
        )
    if observability.events:
        events = [*_events(ctx, settings, topic, compute), *_backup_events(ctx, topic, backup_plan)]
        if other_rotations:
            events.append(("failed-rotations", failed_rotations(ctx.stack, topic.arn, other_rotations)))
        for name, args in events:
            EventNotification(name, args, opts=ctx.opts("observability.events"))
    if observability.budget is not None:
        Budget(
            "budget",
            BudgetArgs(
                settings=observability.budget,
                budget_name=ctx.physical_name("budget", "monthly"),
                stack_tag=ctx.tags["Stack"],
                topic_arn=topic.arn,
            ),
            opts=ctx.opts("observability.budget"),
        )


def _events(
    ctx: StackContext, settings: Settings, topic: Topic, compute: Compute
) -> Iterator[tuple[str, EventNotificationArgs]]:
    if compute.cluster is not None:
        cluster = compute.cluster.arn
        if compute.services:
            yield "failed-deployments", failed_deployments(ctx.stack, topic.arn, cluster)
        yield "stopped-tasks", stopped_tasks(ctx.stack, ctx.account.region, topic.arn, cluster)
    identifiers = [ctx.physical_name("rds", name) for name in settings.data.postgres]
    if identifiers:
        yield "database-trouble", database_trouble(ctx.stack, topic.arn, identifiers)


def _backup_events(
    ctx: StackContext, topic: Topic, backup_plan: BackupPlan | None
) -> Iterator[tuple[str, EventNotificationArgs]]:
    if backup_plan is None:
        return
    region = ctx.account.region
    yield "failed-backups", failed_backups(ctx.stack, region, topic.arn, backup_plan.vault_arn)
    if backup_plan.copy_vault_arn is not None:
        yield "failed-copies", failed_copies(ctx.stack, region, topic.arn, backup_plan.copy_vault_arn)
