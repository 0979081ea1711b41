"""Settings of the alarms' thresholds."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import Percent

__all__ = ["Alarms"]


class Alarms(Model):
    """Thresholds of the alarms; each alarm costs about 0.10 USD a month."""

    service_cpu_percent: Percent = 85
    """Average CPU of a service over five minutes."""
    service_memory_percent: Percent = 85
    """Average memory of a service over five minutes."""
    load_balancer_5xx: Annotated[int, Field(ge=1)] = 10
    """Responses with status 5xx, of the load balancer and its targets, in five minutes."""
    http_api_5xx: Annotated[int, Field(ge=1)] = 10
    """Responses with status 5xx of an HTTP API and its integrations, in five minutes."""
    distribution_5xx_percent: Percent = 5
    """Percent of a distribution's responses that are 5xx, over five minutes; the alarm is in us-east-1, where
    CloudFront publishes the metric."""
    error_rate_percent: Annotated[float, Field(gt=0, lt=100)] | None = None
    """Share of requests that load balancer and targets answer with 5xx, in five minutes; by default no alarm."""
    error_rate_min_requests: Annotated[int, Field(ge=1)] = 100
    """With fewer requests in five minutes the error rate is ignored, and only `load_balancer_5xx` counts."""
    database_cpu_percent: Percent = 80
    """Average CPU of a database over fifteen minutes."""
    database_free_storage_gb: Annotated[int, Field(ge=1)] | None = None
    """Free storage of a database in GiB below which the alarm fires; by default 8 % of its `storage_gb`, since RDS
    enlarges the storage by itself when 10 % are left."""
    database_connections: Annotated[int, Field(ge=1)] | None = None
    """Open connections of a database, on average over five minutes; by default no alarm."""
    slow_query_ms: Annotated[int, Field(ge=1)] | None = None
    """Average duration of the statements that a database logged in five minutes, which are those slower than its
    `log_min_duration_ms`: that must be lower, or one slow statement alone is an alarm. By default none; with it, about
    0.30 USD a month more for the metric."""
    proxy_borrow_ms: Annotated[int, Field(ge=1)] = 1000
    """Milliseconds that clients of an RDS Proxy wait for a connection, on average over five minutes."""
    proxy_failed_connections: Annotated[int, Field(ge=1)] = 10
    """Connections to its database that an RDS Proxy could not open, in five minutes."""
    file_system_io_percent: Percent = 95
    """Share of the operations that a file system can do, on average over fifteen minutes."""
    file_system_throughput_percent: Percent = 80
    """Share of a file system's provisioned throughput, on average over fifteen minutes."""
    redis_memory_percent: Percent = 80
    """Memory that data takes in a Redis store, over five minutes; of a serverless one, the share of its `max_gb`."""
    redis_cpu_percent: Percent = 80
    """Average CPU of a Redis store over five minutes; of a serverless one, the share of its `max_ecpu_per_second`."""
    redis_throttled: Annotated[int, Field(ge=1)] = 100
    """Commands that a serverless Redis store throttled because its capacity was used up, in five minutes."""
    redis_evictions: Annotated[int, Field(ge=1)] = 1000
    """Keys that a Redis store evicts because its memory is full, in five minutes."""
    redis_connections: Annotated[int, Field(ge=1, le=65000)] = 5000
    """Open connections of a Redis store, which accepts up to 65,000."""
    queue_age_s: Annotated[int, Field(ge=60, le=1209600)] = 1800
    """Age in seconds of the oldest message of a queue, waiting or in progress, over five minutes."""
    queue_dead_letters: Annotated[int, Field(ge=1)] = 1
    """Messages in a queue's dead-letter queue."""
    page: Literal["each", "composite"] = "each"
    """Who is notified of what. `each`: every alarm notifies the stack's topic and `alarm_actions`. `composite`: one
    further alarm (0.50 USD a month) fires when users are affected, and of the thresholds here only it notifies
    `alarm_actions`, the pager; the causes, such as CPU or storage, notify the topic only."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if "error_rate_min_requests" in self.model_fields_set and self.error_rate_percent is None:
            refuse([Fault("error_rate_min_requests", "has no effect without error_rate_percent; set that, too")])
        return self
