"""How a distribution is watched: its 5xx responses, CloudFront's own errors included."""

from __future__ import annotations

from components.edge.distribution_monitoring import DistributionMonitoring, distribution_metrics
from components.values import Metric
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, watched

LIMITS = Alarms(distribution_5xx_percent=7)


def distribution(region: str = "us-east-1") -> DistributionMonitoring:
    return DistributionMonitoring(metrics=distribution_metrics("E1"), stack_region=region)


def test_users_notice() -> None:
    assert distribution().shows == "symptom"


def test_fires_on_a_share_of_errors() -> None:
    (alarm,) = distribution().alarms(LIMITS).values()
    assert watched(alarm) == [("AWS/CloudFront", "5xxErrorRate", "Average")]
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == {"DistributionId": "E1", "Region": "Global"}
    assert condition(alarm) == Condition(">", 7, 5, missing="notBreaching")


def test_no_alarm_where_the_topic_is_in_another_region_than_the_metrics() -> None:
    assert distribution("eu-west-1").alarms(LIMITS) == {}


def test_the_alarm_says_what_to_do() -> None:
    words = ("7 %", "load balancer's alarm", "certificate has expired", "security group blocks CloudFront")
    assert_described(distribution().alarms(LIMITS), mentions={"5xx": words})


def test_row() -> None:
    row = distribution("eu-west-1").row(LIMITS)
    assert row.title == "Distribution"
    assert drawn(row) == {
        "Requests": ["Requests"],
        "Error rate": ["4xxErrorRate", "5xxErrorRate"],
        "Traffic": ["BytesDownloaded"],
    }
    assert {metric.region for chart in row.charts for metric in chart.metrics if isinstance(metric, Metric)} == {
        "us-east-1"
    }
