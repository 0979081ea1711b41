"""One alarm: a metric or metric math, and what PutMetricAlarm would refuse."""

from __future__ import annotations

from typing import Any

import pytest

from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import Expression, total
from components.values import Metric
from preview.plan import Record
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def metric(name: str = "CPUUtilization", **changes: Any) -> Metric:
    values = {"namespace": "AWS/ECS", "dimensions": {"ServiceName": "api", "ClusterName": "main"}, **changes}
    return Metric(name=name, **values)


def arguments(**changes: Any) -> AlarmArgs:
    values: dict[str, Any] = {
        "metric": metric(),
        "comparison": ">",
        "threshold": 80,
        "minutes": 5,
        "description": "Raise replicas.max.",
        "actions": [TOPIC],
        **changes,
    }
    return AlarmArgs(**values)


def alarm(**changes: Any) -> Record:
    plan = record(lambda: Alarm("api-cpu", arguments(**changes)))
    preview, deployed = (phase for phase in plan.phases.values())
    assert children(preview) == children(deployed) == [(ALARM, "api-cpu")]
    assert one(preview, ALARM).inputs == one(deployed, ALARM).inputs
    return one(deployed, ALARM)


def test_what_does_something_is_not_done_again_when_it_is_over() -> None:
    inputs = alarm(notifies_when_over=False).inputs
    assert inputs["alarmActions"] == [TOPIC]
    assert "okActions" not in inputs


def test_metric() -> None:
    assert alarm().inputs == {
        "namespace": "AWS/ECS",
        "metricName": "CPUUtilization",
        "dimensions": {"ClusterName": "main", "ServiceName": "api"},
        "statistic": "Average",
        "period": 300,
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 80,
        "evaluationPeriods": 1,
        "datapointsToAlarm": 1,
        "treatMissingData": "missing",
        "alarmDescription": "Raise replicas.max.",
        "alarmActions": [TOPIC],
        "okActions": [TOPIC],
    }


def test_percentile_is_an_extended_statistic() -> None:
    inputs = alarm(metric=metric(statistic="p95")).inputs
    assert inputs["extendedStatistic"] == "p95"
    assert "statistic" not in inputs


def test_m_of_n() -> None:
    inputs = alarm(minutes=1, periods=5, datapoints=3, comparison="<=").inputs
    assert (inputs["period"], inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (60, 5, 3)
    assert inputs["comparisonOperator"] == "LessThanOrEqualToThreshold"


def test_metric_math() -> None:
    errors = total("5xx", [metric("A", statistic="Sum"), metric("B", statistic="Sum")])
    inputs = alarm(metric=errors).inputs
    assert not {"metricName", "namespace", "statistic", "period", "dimensions"} & inputs.keys()
    result, first, second = inputs["metricQueries"]
    assert result == {"id": "result", "expression": "FILL(m0, 0) + FILL(m1, 0)", "label": "5xx", "returnData": True}
    assert [query["id"] for query in (first, second)] == ["m0", "m1"]
    assert first["metric"] == {
        "namespace": "AWS/ECS",
        "metricName": "A",
        "dimensions": {"ClusterName": "main", "ServiceName": "api"},
        "stat": "Sum",
        "period": 300,
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"description": " "}, "has no description"),
        ({"description": "x" * 1025}, "over 1024 characters"),
        ({"actions": [f"{TOPIC}{i}" for i in range(6)]}, "more than 5 actions"),
        ({"minutes": 0}, "at least one minute"),
        ({"minutes": 5, "periods": 289}, "more than one day"),
        ({"minutes": 60, "periods": 169}, "7 days in periods of an hour"),
        ({"periods": 2, "datapoints": 3}, "1 to `periods` datapoints"),
    ],
)
def test_refused_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        arguments(**changes)


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        ({"M": metric()}, "M is no metric id"),
        ({"result": metric()}, "result is no metric id"),
        ({}, "has 0 metrics"),
        ({f"m{i}": metric() for i in range(11)}, "has 11 metrics"),
    ],
)
def test_refused_expressions(metrics: dict[str, Metric], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Expression(text="m0", metrics=metrics, label="sum")


@pytest.mark.parametrize(("minutes", "periods"), [(5, 288), (60, 168), (1440, 7)])
def test_the_longest_that_put_metric_alarm_takes(minutes: int, periods: int) -> None:
    inputs = alarm(minutes=minutes, periods=periods).inputs
    assert inputs["period"] * inputs["evaluationPeriods"] == minutes * periods * 60
