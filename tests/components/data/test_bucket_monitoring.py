"""How a bucket is watched: a row of storage metrics, and no alarms."""

from __future__ import annotations

from components.data.bucket_monitoring import BucketMonitoring, bucket_metrics
from settings.data.buckets import Lifecycle
from settings.observability.alarms import Alarms
from tests.components.monitoring import drawn, thresholds

MONITORING = BucketMonitoring(name="documents", metrics=bucket_metrics("documents-1", Lifecycle(ia_after_days=30)))


def test_a_bucket_has_no_limit() -> None:
    assert MONITORING.alarms(Alarms()) == {}


def test_row() -> None:
    row = MONITORING.row(Alarms())
    assert row.title == "Bucket documents"
    assert drawn(row) == {"Size": ["BucketSizeBytes"] * 2, "Objects": ["NumberOfObjects"]}
    assert thresholds(row) == {}
    assert {chart.days for chart in row.charts} == {30}, "S3 publishes once a day"
