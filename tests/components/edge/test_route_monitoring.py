"""The alarm that rolls a deployment back."""

from __future__ import annotations

from components.edge.route_monitoring import RouteMonitoring, route_metrics
from components.observability.expression import Expression
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, watched

BLUE, GREEN, BALANCER = "targetgroup/blue/1", "targetgroup/green/2", "app/entry/50dc6c495c0c9188"
LIMITS = Alarms(load_balancer_5xx=13)
MONITORING = RouteMonitoring(name="api", metrics=route_metrics([BLUE, GREEN], BALANCER))


def test_errors_in_both_target_groups_are_added_up() -> None:
    """Each deployment changes which of the two serves."""
    (alarm,) = MONITORING.alarms(LIMITS).values()
    assert watched(alarm) == [("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "Sum")] * 2
    assert isinstance(alarm.metric, Expression)
    assert [metric.dimensions["TargetGroup"] for metric in alarm.metric.metrics.values()] == [BLUE, GREEN]
    assert alarm.metric.text == "FILL(m0, 0) + FILL(m1, 0)"
    assert condition(alarm) == Condition(">=", 13, 1, missing="notBreaching")


def test_the_alarm_says_what_to_do() -> None:
    words = ("service api", "13 or more requests", "is rolled back", "read the service's log")
    assert_described(MONITORING.alarms(LIMITS), mentions={"rollback": words})


def test_no_row() -> None:
    assert MONITORING.row(LIMITS) is None
