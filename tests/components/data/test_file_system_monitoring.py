"""How a file system is watched."""

from __future__ import annotations

from components.data.file_system_monitoring import FileSystemMonitoring, file_system_metrics
from components.observability.expression import Expression
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(file_system_io_percent=91, file_system_throughput_percent=71)


def files(*, provisioned: bool = True) -> FileSystemMonitoring:
    return FileSystemMonitoring(name="shared", metrics=file_system_metrics("fs-1"), provisioned=provisioned)


def test_operations() -> None:
    alarm = files().alarms(LIMITS)["operations"]
    assert watched(alarm) == [("AWS/EFS", "PercentIOLimit", "Average")]
    assert condition(alarm) == Condition(">", 91, 15, missing="notBreaching")


def test_throughput_is_watched_where_it_is_fixed() -> None:
    alarm = files().alarms(LIMITS)["throughput"]
    assert watched(alarm) == [("AWS/EFS", "MeteredIOBytes", "Sum"), ("AWS/EFS", "PermittedThroughput", "Average")]
    assert condition(alarm) == Condition(">", 71, 15, missing="notBreaching")
    assert isinstance(alarm.metric, Expression)
    # Bytes of a period against bytes of a second.
    assert alarm.metric.text == "100 * FILL(used, 0) / PERIOD(used) / permitted"
    assert {tuple(metric.dimensions.items()) for metric in alarm.metric.metrics.values()} == {
        (("FileSystemId", "fs-1"),)
    }
    assert list(files(provisioned=False).alarms(LIMITS)) == ["operations"]


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "operations": ("file system shared", "91 %", "small files"),
        "throughput": ("file system shared", "71 %", "write elastic"),
    }
    assert_described(files().alarms(LIMITS), mentions=mentions)


def test_row() -> None:
    row = files().row(LIMITS)
    assert row.title == "File system shared"
    assert drawn(row) == {
        "Operations": ["PercentIOLimit"],
        "Throughput": ["MeteredIOBytes", "PermittedThroughput"],
        "Mounts": ["ClientConnections"],
    }
    assert thresholds(row) == {"Operations": 91, "Throughput": 71}
    assert thresholds(files(provisioned=False).row(LIMITS)) == {"Operations": 91}
    assert thresholds(files().row(None)) == {}
