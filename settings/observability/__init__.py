"""Settings of logs, alarms and dashboards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from settings.ids import Arn
from settings.model import Model
from settings.observability.alarms import Alarms
from settings.observability.custom_metrics import CustomMetrics
from settings.observability.notifications import Budget, Slack
from settings.types import Email, MetricNamespace, RetentionDays

__all__ = ["AREAS", "Alarms", "Area", "Observability"]

Area = Literal["services", "data", "application"]
AREAS: tuple[Area, ...] = ("services", "data", "application")


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("has an address twice; list each once")
    return values


class Observability(Model):
    """Logs, alarms, their recipients, and dashboards."""

    log_retention_days: RetentionDays = 30
    """Days that every log group keeps its events."""
    alarms: Alarms | None = Alarms()
    """Thresholds; `null` switches the alarms off. The one that rolls deployments back stays with each route, without
    effect, because ECS keeps its name."""
    alarm_actions: Annotated[tuple[Arn, ...], Field(max_length=4)] = ()
    """ARNs, at most four, that each alarm notifies besides the stack's own topic."""
    emails: Annotated[tuple[Email, ...], AfterValidator(_each_once)] = ()
    """Addresses that receive the stack's alarms, each once confirmed."""
    slack: Slack | None = None
    """A Slack channel that shows the topic's messages; by default none."""
    events: bool = True
    """Notify the topic when a deployment fails, a task stops with an error, a database fails over; free of charge."""
    budget: Budget | None = None
    """A monthly budget; by default none."""
    dashboards: Literal["stack", "areas", "none"] = "stack"
    """`stack`: one CloudWatch dashboard. `areas`: three, for services, data and the application. The first three of
    an account, of up to 50 metrics, are free; each further costs 3 USD a month."""
    queries: bool = False
    """Saved CloudWatch Logs Insights queries: errors, slowest requests, one request, slow statements, rejected
    flows."""
    custom_metrics: dict[MetricNamespace, CustomMetrics] = {}
    """Metrics that services publish, by namespace: their alarms, and a row on a dashboard."""
