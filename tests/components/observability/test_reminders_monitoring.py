"""How the weekly check of secrets is watched."""

from __future__ import annotations

from components.observability.reminders_monitoring import RemindersMonitoring
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition

FAILURES = Metric(namespace="AWS/States", name="ExecutionsFailed", dimensions={"StateMachineArn": "m"}, statistic="Sum")
MONITORING = RemindersMonitoring(failures=FAILURES)


def test_one_failed_check_is_enough() -> None:
    alarm = MONITORING.alarms(Alarms())["failed"]
    assert alarm.metric == FAILURES
    # On six days of the week there is no data.
    assert condition(alarm) == Condition(">=", 1, 5, missing="notBreaching")


def test_the_alarm_says_what_to_do() -> None:
    words = ("not urgent", "last execution of the state machine reminders", "start an execution by hand")
    assert_described(MONITORING.alarms(Alarms()), mentions={"failed": words})


def test_no_row() -> None:
    assert MONITORING.row(Alarms()) is None
