"""The stack's topic, and who publishes to it."""

from __future__ import annotations

from collections.abc import Set

from components.observability.topic import Publisher, Topic, TopicArgs
from settings import Settings
from wiring.context import StackContext

__all__ = ["build_topic"]


def build_topic(ctx: StackContext, settings: Settings) -> Topic:
    """The topic of alarms, events and the budget, which admits those that the stack has."""
    return Topic(
        "alarms",
        TopicArgs(
            account=ctx.account,
            publishers=_publishers(settings),
            display_name=ctx.physical_name("topic-display", "alarms"),
            emails=settings.observability.emails,
        ),
        opts=ctx.opts("observability"),
    )


def _publishers(settings: Settings) -> Set[Publisher]:
    observability, data = settings.observability, settings.data
    own_alarms = (
        metric.alarm for namespace in observability.custom_metrics.values() for metric in namespace.metrics.values()
    )
    uses: dict[Publisher, bool] = {
        "budgets": observability.budget is not None,
        "cloudwatch": observability.alarms is not None or any(own_alarms),
        "events": observability.events and bool(settings.compute.workloads or data.postgres or data.backup),
    }
    return {service for service, used in uses.items() if used}
