"""Broken stack files: queues, who sends to them, and who receives."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

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
        "jobs stands twice",
        "remove one",
    ),
    Broken(
        "a queue's URL by hand",
        "",
        _consumed(environment={"JOBS_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/1/jobs"}),
        f"{_API}.environment.JOBS_QUEUE_URL",
        "is set by the queue jobs (consumes, sends_to)",
        "remove it here",
    ),
    Broken(
        "a queue's URL from a secret",
        "",
        {"data.queues": {"to-do": {}}, f"{_API}.sends_to": ["to-do"], f"{_API}.secrets": {"TO_DO_QUEUE_URL": "url"}},
        f"{_API}.secrets.TO_DO_QUEUE_URL",
        "is set by the queue to-do (consumes, sends_to)",
        "remove it here",
    ),
    Broken(
        "a database's URL in a queue's place",
        "",
        _consumed(connects_to=[{"to": "main", "env": {"JOBS_QUEUE_URL": {}}}]),
        f"{_API}.connects_to[0].env.JOBS_QUEUE_URL",
        "is set by the queue jobs",
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
        "messages for a day in prod",
        "",
        {"environment": "prod", _JOBS: {"retention_days": 1}},
        f"{_JOBS}.retention_days",
        "fails over a long weekend would lose it",
        "at least 4 days",
    ),
    Broken(
        "one try in prod",
        "",
        {"environment": "prod", _JOBS: {"max_receives": 1}},
        f"{_JOBS}.max_receives",
        "would turn its message into a dead letter",
        "write at least 2 in prod",
    ),
    Broken(
        "an output of no queue",
        "",
        {_JOBS: {}, "outputs": {"jobs": "queue.jobs.uri"}},
        "outputs.jobs",
        "is nothing this stack has",
        "did you mean queue.jobs.url?",
    ),
]
