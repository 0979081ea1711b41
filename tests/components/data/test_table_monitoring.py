"""How a table is watched: throttled requests, and errors of DynamoDB itself."""

from __future__ import annotations

from typing import Any

import pytest

from components.data.table_monitoring import TableMonitoring, table_metrics
from components.observability.expression import Expression
from settings.data.tables import Table
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

SUMS = ("AWS/DynamoDB", "ReadThrottleEvents", "Sum")


def monitoring(indexes: int = 1, **settings: Any) -> TableMonitoring:
    names = [f"by_{i}" for i in range(indexes)]
    table = {"attributes": {"id": "string"}, "partition_key": "id", **settings}
    return TableMonitoring(
        name="usage_logs",
        metrics=table_metrics("usage_logs", "prod-usage_logs-1", names),
        settings=Table.model_validate(table),
    )


@pytest.mark.parametrize(("what", "metric"), [("reads", "ReadThrottleEvents"), ("writes", "WriteThrottleEvents")])
def test_throttled_requests_of_the_table_and_each_index(what: str, metric: str) -> None:
    """CloudWatch counts those of an index with its own dimensions only."""
    alarm = monitoring(alarm_throttled=50).alarms(Alarms())[f"throttled-{what}"]
    assert isinstance(alarm.metric, Expression)
    assert watched(alarm) == [("AWS/DynamoDB", metric, "Sum")] * 2
    assert [part.dimensions for part in alarm.metric.metrics.values()] == [
        {"TableName": "prod-usage_logs-1"},
        {"TableName": "prod-usage_logs-1", "GlobalSecondaryIndexName": "by_0"},
    ]
    assert condition(alarm) == Condition(">=", 50, 5, missing="notBreaching")


@pytest.mark.parametrize(("indexes", "sizes"), [(0, [1]), (9, [10]), (10, [10, 1]), (20, [10, 10, 1])])
def test_an_alarm_takes_ten_metrics(indexes: int, sizes: list[int]) -> None:
    alarms = monitoring(indexes).alarms(Alarms())
    of_reads = [alarm for name, alarm in alarms.items() if name.startswith("throttled-reads")]
    assert [watched(alarm) for alarm in of_reads] == [[SUMS] * size for size in sizes]


def test_errors_of_dynamodb() -> None:
    alarm = monitoring().alarms(Alarms())["system-errors"]
    assert set(watched(alarm)) == {("AWS/DynamoDB", "SystemErrors", "Sum")}
    assert condition(alarm) == Condition(">=", 1, 5, 3, missing="notBreaching")


@pytest.mark.parametrize(
    ("settings", "fix"),
    [({}, "one key that most requests name"), ({"capacity": {"read": 5, "write": 5}}, "remove capacity")],
)
def test_alarms_say_what_to_do(settings: dict[str, Any], fix: str) -> None:
    mentions = {
        "throttled-reads": ("table usage_logs", "10 or more reads", fix),
        "throttled-writes": ("table usage_logs", "10 or more writes", fix),
        "system-errors": ("table usage_logs", "AWS Health Dashboard"),
    }
    assert_described(monitoring(**settings).alarms(Alarms()), mentions=mentions)


def test_row() -> None:
    found = monitoring(alarm_throttled=50, capacity={"read": 5, "write": {"min": 1, "max": 2}})
    row = found.row(Alarms())
    assert row.title == "Table usage_logs"
    assert drawn(row) == {
        "Reads": ["ConsumedReadCapacityUnits"] * 2,
        "Writes": ["ConsumedWriteCapacityUnits"] * 2,
        "Throttled": ["ReadThrottleEvents", "ReadThrottleEvents", "WriteThrottleEvents", "WriteThrottleEvents"],
        "System errors": ["SystemErrors"] * 4,
    }
    assert thresholds(row) == {"Throttled": 50}
    assert [dict(chart.marks) for chart in row.charts[:2]] == [
        {"provisioned at most": 300},
        {"provisioned at most": 120},
    ]
    assert thresholds(found.row(None)) == {}
    assert [dict(chart.marks) for chart in monitoring().row(None).charts[:2]] == [{}, {}]
