"""How schedules are watched: runs that could not be started."""

from __future__ import annotations

import pytest

from components.compute.schedule_group_monitoring import ScheduleMonitoring, schedule_metrics
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

MONITORING = ScheduleMonitoring(metrics=schedule_metrics("group-1", "queue-1"))
DEAD_LETTERS = ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum")


@pytest.mark.parametrize(
    ("what", "metric", "dimensions"),
    [
        ("dropped", ("AWS/Scheduler", "InvocationDroppedCount", "Sum"), {"ScheduleGroup": "group-1"}),
        ("dead-letters", DEAD_LETTERS, {"QueueName": "queue-1"}),
    ],
)
def test_one_run_that_was_not_started_is_enough(
    what: str, metric: tuple[str, str, str], dimensions: dict[str, str]
) -> None:
    alarm = MONITORING.alarms(Alarms())[what]
    assert watched(alarm) == [metric]
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == dimensions
    # Scheduler publishes nothing where nothing fails.
    assert condition(alarm) == Condition(">=", 1, 5, missing="notBreaching")


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "dropped": ("could not be started", "ERROR_MESSAGE", "Run the task by hand"),
        "dead-letters": ("did not take place", "Read the reason", "purge the queue", "14 days"),
    }
    assert_described(MONITORING.alarms(Alarms()), mentions=mentions)


def test_row() -> None:
    row = MONITORING.row(Alarms())
    assert row.title == "Schedules"
    assert drawn(row) == {
        "Runs": ["InvocationAttemptCount"],
        "Not started": ["TargetErrorCount", "InvocationDroppedCount"],
        "Dead letters": ["ApproximateNumberOfMessagesVisible"],
    }
    assert thresholds(row) == {"Dead letters": 1}
    assert thresholds(MONITORING.row(None)) == {}
