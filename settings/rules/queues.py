"""`data.queues` and their consumers: settings that would lose messages."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings

# A long weekend.
_PROD_DAYS = 4


@reads("compute", "data")
def _visibility(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        for consumed in service.consumes:
            queue = settings.data.queues.get(consumed)
            if queue is not None and queue.visibility_timeout_s < service.request_timeout_s:
                yield Fault(
                    f"data.queues.{consumed}.visibility_timeout_s",
                    f"is {queue.visibility_timeout_s}, and {name} may take {service.request_timeout_s} s for a "
                    "message, which meanwhile is delivered to another task, and after max_receives goes to the dead "
                    f"letters; write at least {service.request_timeout_s}, or lower "
                    f"{service_key(name, 'request_timeout_s')}",
                )


@reads("compute")
def _tasks_are_counted(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.replicas.backlog_per_task is not None and settings.compute.insights == "disabled":
            yield Fault(
                service_key(name, "replicas.backlog_per_task"),
                "divides by the number of tasks, which only Container Insights publishes; set compute.insights: "
                "enabled, or scale on cpu_percent",
            )


@reads("data", "observability")
def _age(settings: Settings) -> Iterator[Fault]:
    alarms = settings.observability.alarms
    if alarms is None:
        return
    for name, queue in settings.data.queues.items():
        if alarms.queue_age_s <= queue.visibility_timeout_s:
            yield Fault(
                "observability.alarms.queue_age_s",
                f"is {alarms.queue_age_s}, and a message of {name} may be in progress for "
                f"{queue.visibility_timeout_s} s (visibility_timeout_s), which would fire the alarm; write more than "
                f"{queue.visibility_timeout_s}",
            )


@reads("environment", "data")
def _prod(settings: Settings) -> Iterator[Fault]:
    if settings.environment != "prod":
        return
    for name, queue in settings.data.queues.items():
        if queue.retention_days < _PROD_DAYS:
            yield Fault(
                f"data.queues.{name}.retention_days",
                f"is {queue.retention_days}; prod keeps messages for at least {_PROD_DAYS} days, since a worker may "
                "fail over a long weekend",
            )
        if queue.max_receives < 2:
            yield Fault(
                f"data.queues.{name}.max_receives",
                "is 1, and a task that a deployment stops would send its message to the dead-letter queue; write "
                "at least 2 in prod",
            )
