"""Who is told beside the alarms' e-mails, and what else: a Slack channel, events, a budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from components.observability.budget import Budget, BudgetArgs
from components.observability.event_notice import EventNotice, EventNoticeArgs
from components.observability.notices import database_trouble, failed_deployments, stopped_tasks
from components.observability.slack import SlackChannel, SlackChannelArgs
from components.observability.topic import Topic
from settings import Settings
from wiring.site import Site

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["notices"]


def notices(site: Site, settings: Settings, topic: Topic, services: Services) -> None:
    """The topic's channel in Slack, its notices of events, and its budget."""
    wanted = settings.observability
    if wanted.slack is not None:
        SlackChannel(
            "slack",
            SlackChannelArgs(
                configuration_name=site.named("chat-configuration", "alarms"),
                workspace_id=wanted.slack.workspace_id,
                channel_id=wanted.slack.channel_id,
                topic_arn=topic.arn,
            ),
            opts=site.inherit,
        )
    if wanted.events:
        for name, args in _events(site, settings, topic, services):
            EventNotice(name, args, opts=site.inherit)
    if wanted.budget is not None:
        Budget(
            "budget",
            BudgetArgs(
                settings=wanted.budget,
                budget_name=site.named("budget", "monthly"),
                stack_tag=site.tags["Stack"],
                topic_arn=topic.arn,
            ),
            opts=site.inherit,
        )


def _events(site: Site, settings: Settings, topic: Topic, services: Services) -> Iterator[tuple[str, EventNoticeArgs]]:
    if services.cluster is not None:
        cluster = services.cluster.arn
        if services.services:
            yield "failed-deployments", failed_deployments(site.stack, topic.arn, cluster)
        yield "stopped-tasks", stopped_tasks(site.stack, site.region, topic.arn, cluster)
    identifiers = [site.named("rds", name) for name in settings.data.postgres]
    if identifiers:
        yield "database-trouble", database_trouble(site.stack, topic.arn, identifiers)
