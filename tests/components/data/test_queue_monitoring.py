"""How a queue is watched: messages that grow old, and dead letters."""

from __future__ import annotations

from components.data.queue_monitoring import QueueMonitoring, queue_metrics
from components.observability.alarm import AlarmArgs
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

MONITORING = QueueMonitoring(name="jobs", metrics=queue_metrics("jobs", "jobs-1", "jobs-dead-1"))


def alarm(what: str, **limits: int) -> AlarmArgs:
    return MONITORING.alarms(Alarms.model_validate(limits))[what]


def test_age() -> None:
    age = alarm("age", queue_age_s=900)
    assert watched(age) == [("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum")]
    assert isinstance(age.metric, Metric)
    assert age.metric.dimensions == {"QueueName": "jobs-1"}
    # AWS measures a queue that has been silent for six hours no longer, and it is empty.
    assert condition(age) == Condition(">", 900, 1, 5, missing="notBreaching")
    assert alarm("age").threshold == 1800


def test_any_dead_letter() -> None:
    dead_letters = alarm("dead-letters")
    assert watched(dead_letters) == [("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum")]
    assert isinstance(dead_letters.metric, Metric)
    assert dead_letters.metric.dimensions == {"QueueName": "jobs-dead-1"}
    assert condition(dead_letters) == Condition(">=", 1, 5, missing="notBreaching")
    assert alarm("dead-letters", queue_dead_letters=20).threshold == 20


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "age": ("queue jobs", "900 s", "workers run", "raise replicas.max", "retention_days"),
        "dead-letters": ("queue jobs", "max_receives", "fix the worker", "start-message-move-task"),
    }
    assert_described(MONITORING.alarms(Alarms(queue_age_s=900)), mentions=mentions)


def test_row() -> None:
    row = MONITORING.row(Alarms(queue_age_s=900, queue_dead_letters=20))
    assert row.title == "Queue jobs"
    assert drawn(row) == {
        "Waiting": ["ApproximateNumberOfMessagesVisible"],
        "In flight": ["ApproximateNumberOfMessagesNotVisible"],
        "Age of the oldest": ["ApproximateAgeOfOldestMessage"],
        "Dead letters": ["ApproximateNumberOfMessagesVisible"],
    }
    assert thresholds(row) == {"Age of the oldest": 900, "Dead letters": 20}
    assert thresholds(MONITORING.row(None)) == {}
