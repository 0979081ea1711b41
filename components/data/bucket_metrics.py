"""CloudWatch storage metrics of a bucket, published once a day and free of charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.values import Metric
from settings.data.buckets import Lifecycle

__all__ = ["BucketMetrics", "bucket_metrics"]

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
