"""Settings of logs, alarms and dashboards."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from settings.custom_metrics import CustomMetrics
from settings.ids import Arn
from settings.model import Fault, Model, refuse
from settings.notices import Budget, Slack
from settings.types import Email, MetricNamespace, Percent, RetentionDays

__all__ = ["AREAS", "Alarms", "Area", "Observability"]

Area = Literal["services", "data", "application"]
AREAS: tuple[Area, ...] = ("services", "data", "application")


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        raise ValueError("names an address twice; each stands once")
    return values


class Alarms(Model):
    """Thresholds of the alarms; each alarm costs about 0.10 USD a month."""

    service_cpu_percent: Percent = 85
    """Average CPU of a service over five minutes."""
    service_memory_percent: Percent = 85
    """Average memory of a service over five minutes."""
    load_balancer_5xx: Annotated[int, Field(ge=1)] = 10
    """Answers with status 5xx, of the load balancer and its targets, in five minutes."""
    http_api_5xx: Annotated[int, Field(ge=1)] = 10
    """Answers with status 5xx of an HTTP API, its own and those of what is behind it, in five minutes."""
    distribution_5xx_percent: Percent = 5
    """Percent of a distribution's answers that are 5xx, over five minutes; watched in us-east-1 only, where CloudFront
    publishes it."""
    error_rate_percent: Annotated[float, Field(gt=0, lt=100)] | None = None
    """Share of requests that load balancer and targets answer with 5xx, in five minutes; by default no alarm."""
    error_rate_min_requests: Annotated[int, Field(ge=1)] = 100
    """With fewer requests in five minutes there is no rate to speak of, and `load_balancer_5xx` alone watches."""
    database_cpu_percent: Percent = 80
    """Average CPU of a database over fifteen minutes."""
    database_free_storage_gb: Annotated[int, Field(ge=1)] = 5
    """Free storage of a database in GiB below which the alarm goes off."""
    database_connections: Annotated[int, Field(ge=1)] | None = None
    """Open connections of a database, on average over five minutes; by default no alarm."""
    slow_query_ms: Annotated[int, Field(ge=1)] | None = None
    """Average duration of the statements that a database logged in five minutes, which are those slower than its
    `log_min_duration_ms`: that must be lower, or one slow statement alone is an alarm. By default none; with it, about
    0.30 USD a month more for the metric."""
    redis_memory_percent: Percent = 80
    """Memory that data takes in a Redis store, over five minutes; of a serverless one, the share of its `max_gb`."""
    redis_cpu_percent: Percent = 80
    """Average CPU of a Redis store over five minutes; of a serverless one, the share of its `max_ecpu_per_second`."""
    redis_throttled: Annotated[int, Field(ge=1)] = 100
    """Commands that a serverless Redis store held back for want of capacity, in five minutes."""
    redis_evictions: Annotated[int, Field(ge=1)] = 1000
    """Keys that a Redis store drops for want of memory, in five minutes."""
    redis_connections: Annotated[int, Field(ge=1, le=65000)] = 5000
    """Connections that a Redis store has open; it takes 65,000."""
    queue_age_s: Annotated[int, Field(ge=60, le=1209600)] = 1800
    """Age in seconds of the oldest message of a queue, waiting or in work, over five minutes."""
    queue_dead_letters: Annotated[int, Field(ge=1)] = 1
    """Messages in a queue's dead-letter queue."""
    page: Literal["each", "composite"] = "each"
    """Who is notified of what. `each`: every alarm notifies the stack's topic and `alarm_actions`. `composite`: one
    further alarm (0.50 USD a month) says that users are hurt, and of the thresholds here it alone notifies
    `alarm_actions`, the pager; the causes, such as CPU or storage, notify the topic only."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if "error_rate_min_requests" in self.model_fields_set and self.error_rate_percent is None:
            refuse([Fault("error_rate_min_requests", "is of no use without error_rate_percent; set that, too")])
        return self


class Observability(Model):
    """Logs, alarms, their recipients, and dashboards."""

    log_retention_days: RetentionDays = 30
    """Days that every log group keeps its events."""
    alarms: Alarms | None = Alarms()
    """Thresholds; `null` switches the alarms off."""
    alarm_actions: Annotated[tuple[Arn, ...], Field(max_length=4)] = ()
    """ARNs, at most four, that each alarm notifies beside the stack's own topic."""
    emails: Annotated[tuple[Email, ...], AfterValidator(_each_once)] = ()
    """Addresses that receive the stack's alarms, each once confirmed."""
    slack: Slack | None = None
    """A channel in Slack that shows what the topic is told; by default none."""
    events: bool = True
    """Tell the topic when a deployment fails, a task stops by a fault, a database fails over; free of charge."""
    budget: Budget | None = None
    """A monthly budget; by default none."""
    dashboards: Literal["stack", "areas", "none"] = "stack"
    """`stack`: one CloudWatch dashboard. `areas`: three, for services, data and the application. The first three of
    an account, of up to 50 metrics, are free; each further costs 3 USD a month."""
    queries: bool = True
    """Saved queries of the stack's logs: errors, slowest requests, one request, slow statements, rejected flows."""
    custom_metrics: dict[MetricNamespace, CustomMetrics] = {}
    """Metrics that services publish, by namespace: their alarms, and a row on a dashboard."""
