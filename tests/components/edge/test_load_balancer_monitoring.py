"""How a load balancer is watched: its 5xx responses, and their share."""

from __future__ import annotations

from components.edge.load_balancer_monitoring import LoadBalancerMonitoring, load_balancer_metrics
from components.observability.expression import Expression
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(load_balancer_5xx=13)
ALL_LIMITS = Alarms(load_balancer_5xx=13, error_rate_percent=1, error_rate_min_requests=100)
MONITORING = LoadBalancerMonitoring(metrics=load_balancer_metrics("app/entry/50dc6c495c0c9188"))
SPACE = "AWS/ApplicationELB"


def test_users_notice() -> None:
    assert MONITORING.shows == "symptom"


def test_errors_of_load_balancer_and_targets_are_added_up() -> None:
    alarm = MONITORING.alarms(LIMITS)["5xx"]
    assert watched(alarm) == [(SPACE, "HTTPCode_ELB_5XX_Count", "Sum"), (SPACE, "HTTPCode_Target_5XX_Count", "Sum")]
    assert isinstance(alarm.metric, Expression)
    assert alarm.metric.text == "FILL(m0, 0) + FILL(m1, 0)"
    # No requests are no errors.
    assert condition(alarm) == Condition(">=", 13, 5, missing="notBreaching")


def test_the_error_rate_counts_both_kinds_of_errors_over_all_requests() -> None:
    alarm = MONITORING.alarms(ALL_LIMITS)["error-rate"]
    assert isinstance(alarm.metric, Expression)
    assert {id_: (metric.name, metric.statistic) for id_, metric in alarm.metric.metrics.items()} == {
        "whole": ("RequestCount", "Sum"),
        "m0": ("HTTPCode_ELB_5XX_Count", "Sum"),
        "m1": ("HTTPCode_Target_5XX_Count", "Sum"),
    }
    assert ">= 100, 100 * " in alarm.metric.text
    assert condition(alarm) == Condition(">", 1, 5, missing="notBreaching")


def test_an_error_rate_only_with_a_threshold() -> None:
    assert list(MONITORING.alarms(LIMITS)) == ["5xx"]
    assert list(MONITORING.alarms(ALL_LIMITS)) == ["5xx", "error-rate"]


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "5xx": ("13 or more requests", "the service's events", "look at its logs", "roll it back"),
        "error-rate": ("1 % of the requests", "at least 100", "the service's events", "roll it back"),
    }
    assert_described(MONITORING.alarms(ALL_LIMITS), mentions=mentions)


def test_row() -> None:
    row = MONITORING.row(ALL_LIMITS)
    assert row.title == "Load balancer"
    errors = ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"]
    assert drawn(row) == {
        "Requests": ["RequestCount"],
        "Errors": errors,
        "Error rate": ["RequestCount", *errors],
        "Response time": ["TargetResponseTime"] * 3,
    }
    assert thresholds(row) == {"Error rate": 1}
    assert thresholds(MONITORING.row(LIMITS)) == thresholds(MONITORING.row(None)) == {}
    (rate,) = next(chart for chart in row.charts if chart.title == "Error rate").metrics
    assert isinstance(rate, Expression)
    assert {metric.period_s for metric in rate.metrics.values()} == {300}, "as the alarm computes it"
