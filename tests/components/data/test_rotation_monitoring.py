"""How redeployments after a rotation are watched."""

from __future__ import annotations

from components.data.rotation_monitoring import RotationMonitoring
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition

FAILURES = Metric(namespace="AWS/States", name="ExecutionsFailed", dimensions={"StateMachineArn": "m"}, statistic="Sum")
MONITORING = RotationMonitoring(database="main", failures=FAILURES)


def test_one_failed_redeployment_is_enough() -> None:
    alarm = MONITORING.alarms(Alarms())["failed"]
    assert alarm.metric == FAILURES
    # No rotation, no data.
    assert condition(alarm) == Condition(">=", 1, 5, missing="notBreaching")


def test_the_alarm_says_what_to_do() -> None:
    words = ("password of main could not be rotated", "NotRotated", "restart the services", "last execution")
    assert_described(MONITORING.alarms(Alarms()), mentions={"failed": words})


def test_no_row() -> None:
    assert MONITORING.row(Alarms()) is None
    assert list(RotationMonitoring.rows([MONITORING], Alarms())) == []
