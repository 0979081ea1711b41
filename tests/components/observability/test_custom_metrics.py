"""Metrics of applications: who may publish, which alarms there are, what the dashboard shows."""

from __future__ import annotations

from typing import Any

import pytest

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.custom_metrics import CustomMetricsMonitoring, publish_permission
from components.values import Metric
from preview.plan import Plan
from settings.observability.custom_metrics import CustomMetrics
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
NAMESPACE = "DynoAgent/Production"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
METRICS: dict[str, Any] = {
    "AllocationRequests": {"chart": "Allocations"},
    "AllocationFailures": {
        "chart": "Allocations",
        "alarm": {"threshold": 5, "minutes": 10, "periods": 2, "advice": "Ask the on-call of the model provider."},
    },
    "Latency": {"statistic": "p95", "dimensions": {"Model": "gemini"}, "alarm": {"comparison": ">", "threshold": 2.5}},
    "Heartbeat": {"alarm": {"comparison": "<", "threshold": 1, "missing": "bad"}},
}


def monitoring(metrics: dict[str, Any]) -> CustomMetricsMonitoring:
    return CustomMetricsMonitoring(namespace=NAMESPACE, metrics=CustomMetrics.model_validate({"metrics": metrics}))


@pytest.fixture(scope="module")
def plan() -> Plan:
    args = AlarmSetArgs(alarms=monitoring(METRICS).own_alarms, actions=[TOPIC])
    return record(lambda: AlarmSet("app-alarms", args))


def test_an_alarm_only_where_there_is_one(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert children(phase) == [
            (ALARM, "app-alarms-allocationfailures"),
            (ALARM, "app-alarms-heartbeat"),
            (ALARM, "app-alarms-latency"),
        ]


def test_as_set(plan: Plan) -> None:
    inputs = one(plan.phases["preview"], ALARM, "app-alarms-allocationfailures").inputs
    assert (inputs["namespace"], inputs["metricName"], inputs["statistic"]) == (NAMESPACE, "AllocationFailures", "Sum")
    assert (inputs["threshold"], inputs["comparisonOperator"]) == (5, "GreaterThanOrEqualToThreshold")
    assert (inputs["period"], inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (600, 2, 2)
    assert inputs["treatMissingData"] == "notBreaching"
    assert inputs["alarmActions"] == inputs["okActions"] == [TOPIC]
    assert "Ask the on-call of the model provider." in inputs["alarmDescription"]
    assert "2 times in a row" in inputs["alarmDescription"]


def test_percentile_and_dimensions(plan: Plan) -> None:
    inputs = one(plan.phases["preview"], ALARM, "app-alarms-latency").inputs
    assert inputs["extendedStatistic"] == "p95"
    assert "statistic" not in inputs
    assert inputs["dimensions"] == {"Model": "gemini"}
    assert inputs["comparisonOperator"] == "GreaterThanThreshold"


def test_silence_may_be_the_fault(plan: Plan) -> None:
    inputs = one(plan.phases["preview"], ALARM, "app-alarms-heartbeat").inputs
    assert (inputs["treatMissingData"], inputs["comparisonOperator"]) == ("breaching", "LessThanThreshold")


def test_only_in_its_own_namespace() -> None:
    permission = publish_permission(NAMESPACE)
    assert permission.actions == ["cloudwatch:PutMetricData"]
    assert permission.resources == ["*"]
    assert permission.reason
    assert permission.conditions == {"StringEquals": {"cloudwatch:namespace": NAMESPACE}}


def test_row_of_the_dashboard() -> None:
    row = monitoring(METRICS).row(None)
    assert row.title == NAMESPACE
    assert [chart.title for chart in row.charts] == ["Allocations", "Latency", "Heartbeat"]
    drawn = [[metric for metric in chart.metrics if isinstance(metric, Metric)] for chart in row.charts]
    assert [metric.name for metric in drawn[0]] == ["AllocationRequests", "AllocationFailures"]
    assert [chart.threshold for chart in row.charts] == [5, 2.5, 1]
    assert {metric.namespace for metrics in drawn for metric in metrics} == {NAMESPACE}


def test_two_thresholds_do_not_fit_one_line() -> None:
    two = {name: {"chart": "Both", "alarm": {"threshold": limit}} for name, limit in (("A", 1), ("B", 2))}
    (chart,) = monitoring(two).row(None).charts
    assert chart.threshold is None
