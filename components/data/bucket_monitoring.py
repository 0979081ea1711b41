"""How a bucket is watched: CloudWatch's storage metrics, published once a day and free of charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.data.buckets import Lifecycle
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["BucketMetrics", "BucketMonitoring", "bucket_metrics"]

_CHART_DAYS = 30

_DAY_S = 24 * 60 * 60
_ARCHIVES = {"instant": "GlacierInstantRetrievalStorage", "flexible": "GlacierStorage"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketMetrics:
    """The metrics of one bucket."""

    size: Sequence[Metric]
    """Bytes, older versions included, for each storage class that its lifecycle names."""
    objects: Metric
    """Objects, older versions included."""


def bucket_metrics(bucket: pulumi.Input[str], lifecycle: Lifecycle) -> BucketMetrics:
    """The metrics of the bucket with this name in AWS."""

    def daily(name: str, storage: str, label: str) -> Metric:
        return Metric(
            namespace="AWS/S3",
            name=name,
            dimensions={"BucketName": bucket, "StorageType": storage},
            period_s=_DAY_S,
            label=label,
        )

    classes = {"StandardStorage": "standard"}
    if lifecycle.ia_after_days is not None:
        classes["StandardIAStorage"] = "infrequent access"
    if lifecycle.archive_after_days is not None:
        classes[_ARCHIVES[lifecycle.archive]] = "archive"
    return BucketMetrics(
        size=[daily("BucketSizeBytes", storage, label) for storage, label in classes.items()],
        objects=daily("NumberOfObjects", "AllStorageTypes", "objects"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketMonitoring(Monitoring):
    """A row of charts; no alarms, since a bucket has no limit."""

    area: ClassVar[Area] = "data"
    name: str
    """The bucket's name in the settings."""
    metrics: BucketMetrics

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        return DashboardRow(
            title=f"Bucket {self.name}",
            charts=[
                Chart(title="Size", metrics=self.metrics.size, unit="bytes", days=_CHART_DAYS),
                Chart(title="Objects", metrics=[self.metrics.objects], days=_CHART_DAYS),
            ],
        )
