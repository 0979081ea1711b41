"""How an HTTP API is watched: its 5xx responses, its own errors included."""

from __future__ import annotations

from dataclasses import replace

from components.edge.http_api_monitoring import HttpApiMonitoring, http_api_metrics
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, watched

LIMITS = Alarms(http_api_5xx=7)
MONITORING = HttpApiMonitoring(metrics=http_api_metrics("a1b2c3"), counts_throttled=True)


def test_users_notice() -> None:
    assert MONITORING.shows == "symptom"


def test_fires_on_a_number_of_errors() -> None:
    (alarm,) = MONITORING.alarms(LIMITS).values()
    # HTTP APIs write 5xx, and REST APIs 5XXError.
    assert watched(alarm) == [("AWS/ApiGateway", "5xx", "Sum")]
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == {"ApiId": "a1b2c3"}
    # No requests are no errors.
    assert condition(alarm) == Condition(">=", 7, 5, missing="notBreaching")


def test_the_alarm_says_what_to_do() -> None:
    words = ("7 or more requests", "integrationError", "VPC link", "roll it back")
    assert_described(MONITORING.alarms(LIMITS), mentions={"5xx": words})


def test_rows_in_total_and_by_route() -> None:
    total, by_route = HttpApiMonitoring.rows([MONITORING], LIMITS)
    assert (total.title, by_route.title) == ("HTTP API", "HTTP API by route")
    assert drawn(total) == {
        "Requests": ["Count"],
        "Errors": ["4xx", "5xx", "Throttled"],
        "Latency": ["Latency", "Latency", "Latency", "IntegrationLatency"],
    }
    assert drawn(by_route) == {
        "Requests by route": ["Count"],
        "4xx by route": ["4xx"],
        "5xx by route": ["5xx"],
        "Throttled by route": ["ThrottledByRoute"],
        "Latency p95 by route (ms)": ["Latency"],
    }


def test_without_limits_there_is_no_chart_of_throttled_requests() -> None:
    total, by_route = HttpApiMonitoring.rows([replace(MONITORING, counts_throttled=False)], LIMITS)
    assert drawn(total)["Errors"] == ["4xx", "5xx"]
    assert "Throttled by route" not in drawn(by_route)
    assert "ThrottledByRoute" not in [metric for metrics in drawn(by_route).values() for metric in metrics]
