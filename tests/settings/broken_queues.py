"""Broken stack files: queues, who sends to them, and who receives."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_JOBS = "data.queues.jobs"


def _consumed(queue: dict[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    return {_JOBS: queue or {}, f"{_API}.consumes": ["jobs"]} | {f"{_API}.{key}": v for key, v in others.items()}


BROKEN = [
    Broken(
        "a message that expires with its dead letter",
        _JOBS,
        {"retention_days": 14},
        f"{_JOBS}.retention_days",
        "a late one would be lost at once",
        "write at most 13",
    ),
    Broken(
        "messages for longer than SQS keeps them",
        _JOBS,
        {"retention_days": 30, "fifo": True},
        f"{_JOBS}.retention_days",
        "30 should be",
        "less than or equal to 14",
    ),
    Broken(
        "hidden for longer than SQS hides",
        _JOBS,
        {"visibility_timeout_s": 86400},
        f"{_JOBS}.visibility_timeout_s",
        "86400 should be",
        "less than or equal to 43200",
    ),
    Broken("a day's delay", _JOBS, {"delay_s": 86400}, f"{_JOBS}.delay_s", "86400 should be", "equal to 900"),
    Broken("never delivered", _JOBS, {"max_receives": 0}, f"{_JOBS}.max_receives", "0 should be", "equal to 1"),
    Broken("misspelt", _JOBS, {"max_receive": 3}, f"{_JOBS}.max_receive", "unknown key", "did you mean max_receives?"),
    Broken(
        "deduplication without order",
        _JOBS,
        {"content_deduplication": True},
        f"{_JOBS}.content_deduplication",
        "is for fifo queues",
        "set fifo: true, or remove it",
    ),
    Broken(
        "a queue's name in capitals",
        "data.queues",
        {"JOBS": {}},
        "data.queues.JOBS",
        "lower-case",
        "begin with a letter",
    ),
    Broken(
        "an unknown queue",
        "",
        {_JOBS: {}, f"{_API}.consumes": ["job"]},
        f"{_API}.consumes[0]",
        "'job' is not in data.queues",
        "did you mean jobs?",
    ),
    Broken(
        "a queue far from any",
        "",
        {_JOBS: {}, f"{_API}.sends_to": ["letters"]},
        f"{_API}.sends_to[0]",
        "'letters' is not in data.queues",
        "there are jobs",
    ),
    Broken(
        "no queue at all",
        f"{_API}.sends_to",
        ["jobs"],
        f"{_API}.sends_to[0]",
        "'jobs' is not in data.queues",
        "add it there, if only as `jobs: {}`",
    ),
    Broken(
        "an unknown queue of a task",
        "",
        {_JOBS: {}, "compute.tasks": {"fill": {"image_from": "api", "architecture": "arm64", "sends_to": ["jobbs"]}}},
        "compute.tasks.fill.sends_to[0]",
        "'jobbs' is not in data.queues",
        "did you mean jobs?",
    ),
    Broken(
        "a queue twice",
        "",
        {_JOBS: {}, f"{_API}.consumes": ["jobs", "jobs"]},
        f"{_API}.consumes[1]",
        "jobs is there twice",
        "remove one",
    ),
    Broken(
        "a queue's URL by hand",
        "",
        _consumed(environment={"JOBS_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/1/jobs"}),
        f"{_API}.environment.JOBS_QUEUE_URL",
        "is set by consumes[0]",
        "remove it here",
    ),
    Broken(
        "a queue's URL from a secret",
        "",
        {"data.queues": {"to-do": {}}, f"{_API}.sends_to": ["to-do"], f"{_API}.secrets": {"TO_DO_QUEUE_URL": "url"}},
        f"{_API}.secrets.TO_DO_QUEUE_URL",
        "is set by sends_to[0]",
        "remove it here",
    ),
    Broken(
        "a database's URL in a queue's place",
        "",
        _consumed(connects_to=[{"to": "main", "env": {"JOBS_QUEUE_URL": {}}}]),
        f"{_API}.connects_to[0].env.JOBS_QUEUE_URL",
        "is set by consumes[0]",
        "choose another name",
    ),
    Broken(
        "work that takes longer than its message is hidden",
        "",
        _consumed({"visibility_timeout_s": 60}, request_timeout_s=90),
        f"{_JOBS}.visibility_timeout_s",
        "api may take 90 s for a message, which meanwhile is delivered to another task",
        "write at least 90, or lower compute.services.api.request_timeout_s",
    ),
    Broken(
        "an alarm on work in progress",
        "",
        _consumed({"visibility_timeout_s": 3600}),
        "observability.alarms.queue_age_s",
        "is 1800, and a message of jobs may be in progress for 3600 s",
        "write more than 3600",
    ),
    Broken(
        "a backlog of no queue",
        f"{_API}.replicas",
        {"min": 1, "max": 4, "backlog_per_task": 10},
        f"{_API}.replicas.backlog_per_task",
        "the service consumes no queue",
        "add consumes",
    ),
    Broken(
        "a backlog without end",
        "",
        _consumed(replicas={"min": 1, "max": 4, "backlog_per_task": 0}),
        f"{_API}.replicas.backlog_per_task",
        "0 should be",
        "greater than or equal to 1",
    ),
    Broken(
        "a backlog of a fixed number of tasks",
        "",
        _consumed(replicas={"min": 2, "max": 2, "backlog_per_task": 10}),
        f"{_API}.replicas.max",
        "so the scaling target has no effect",
        "raise max",
    ),
    Broken(
        "a backlog of five queues",
        "",
        {
            "data.queues": {name: {} for name in "abcde"},
            f"{_API}.consumes": list("abcde"),
            f"{_API}.replicas": {"min": 1, "max": 4, "backlog_per_task": 10},
        },
        f"{_API}.replicas.backlog_per_task",
        "adds up the messages of 5 queues, and an alarm takes the metrics of 4",
        "consume fewer, or scale on cpu_percent",
    ),
    Broken(
        "a backlog for each of nobody knows how many",
        "",
        {**_consumed(replicas={"min": 1, "max": 4, "backlog_per_task": 10}), "compute.insights": "disabled"},
        f"{_API}.replicas.backlog_per_task",
        "which only Container Insights publishes",
        "set compute.insights: enabled",
    ),
    Broken(
        "asleep behind a route",
        "",
        _consumed(replicas={"min": 0, "max": 4, "backlog_per_task": 10}),
        f"{_API}.replicas.min",
        "is 0, and route would have no task to answer",
        "write at least 1",
    ),
    Broken(
        "asleep with a CPU",
        "",
        _consumed(replicas={"min": 0, "max": 4, "backlog_per_task": 10, "cpu_percent": 60}),
        f"{_API}.replicas.min",
        "is 0, but the last task would never be stopped",
        "remove cpu_percent, or write at least 1",
    ),
    Broken(
        "asleep with nothing to wake it",
        f"{_API}.replicas",
        {"min": 0, "max": 4, "cpu_percent": 60},
        f"{_API}.replicas.min",
        "has no load that would start one",
        "write at least 1, or scale on backlog_per_task",
    ),
    Broken(
        "a route to no port", f"{_API}.port", DELETED, f"{_API}.port", "is missing, and route leads to it", "add it"
    ),
    Broken(
        "a name for no port",
        "compute.services.other",
        {"image": "example/other:1", "architecture": "arm64", "discovery": True},
        "compute.services.other.port",
        "is missing, and discovery leads to it",
        "add it",
    ),
    Broken(
        "calls to no port",
        "compute.services.other",
        {"image": "example/other:1", "architecture": "arm64", "protocol": "grpc", "cpu": 512, "memory": 1024},
        "compute.services.other.port",
        "is missing, and protocol: grpc leads to it",
        "add it",
    ),
    Broken(
        "messages for a day in prod",
        "",
        {"environment": "prod", _JOBS: {"retention_days": 1}},
        f"{_JOBS}.retention_days",
        "since a worker may fail over a long weekend",
        "at least 4 days",
    ),
    Broken(
        "one try in prod",
        "",
        {"environment": "prod", _JOBS: {"max_receives": 1}},
        f"{_JOBS}.max_receives",
        "would send its message to the dead-letter queue",
        "write at least 2 in prod",
    ),
    Broken(
        "an output of no queue",
        "",
        {_JOBS: {}, "outputs": {"jobs": "queue.jobs.uri"}},
        "outputs.jobs",
        "is not in this stack",
        "did you mean queue.jobs.url?",
    ),
]
