"""What a bucket offers: its name, the permissions for each kind of access, and metrics."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.data.bucket import Bucket
from components.data.bucket_monitoring import BucketMonitoring
from components.data.store import StoreArgs
from components.values import Permission
from settings.data import buckets
from settings.data.buckets import BucketAccess, bucket_variable
from tests.recording import every_phase, record

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def granted(access: BucketAccess) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The environment and the permissions for `access`, as deployed."""

    def program() -> None:
        args = StoreArgs(settings=buckets.Bucket(), key_arn=pulumi.Output.from_input(KEY), protect=False)
        injection = Bucket("documents", args).injection("DOCUMENTS_BUCKET", access)
        pulumi.export("environment", dict(injection.environment))
        pulumi.export("permissions", [_plain(permission) for permission in injection.task_permissions])
        assert not injection.secrets
        assert not injection.execution_permissions

    outputs = record(program).phases["deployed"].outputs
    return outputs["environment"], outputs["permissions"]


def _plain(permission: Permission) -> dict[str, Any]:
    return {
        "actions": list(permission.actions),
        "resources": list(permission.resources),
        "conditions": {test: dict(values) for test, values in permission.conditions.items()},
    }


LIST, PARTS = "s3:ListBucket", "s3:ListBucketMultipartUploads"
WRITE = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]


@pytest.mark.parametrize(
    ("access", "on_bucket", "on_objects", "on_key"),
    [
        ("read", [LIST], ["s3:GetObject"], ["kms:Decrypt"]),
        ("write", [PARTS], WRITE, ["kms:Decrypt", "kms:GenerateDataKey"]),
        ("read-write", [LIST, PARTS], ["s3:GetObject", *WRITE], ["kms:Decrypt", "kms:GenerateDataKey"]),
    ],
)
def test_exactly_this_bucket_and_its_key_for_nothing_else(
    access: BucketAccess, on_bucket: list[str], on_objects: list[str], on_key: list[str]
) -> None:
    environment, permissions = granted(access)
    arn = f"arn:aws:s3:::{environment['DOCUMENTS_BUCKET']}"
    assert permissions == [
        {"actions": on_bucket, "resources": [arn], "conditions": {}},
        {"actions": on_objects, "resources": [f"{arn}/*"], "conditions": {}},
        {
            "actions": on_key,
            "resources": [KEY],
            "conditions": {
                "StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"},
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": [arn, f"{arn}/*"]},
            },
        },
    ]


def test_the_variable_is_the_name_in_upper_snake() -> None:
    assert bucket_variable("raw-documents-2") == "RAW_DOCUMENTS_2_BUCKET"


def test_metrics_of_the_storage_classes_in_the_lifecycle() -> None:
    def sizes(**lifecycle: Any) -> list[str]:
        args = StoreArgs(settings=buckets.Bucket.model_validate({"lifecycle": lifecycle}), key_arn=KEY, protect=False)
        storage_types: list[str] = []

        def program() -> None:
            monitoring = Bucket("documents", args).monitoring
            assert isinstance(monitoring, BucketMonitoring)
            metrics = monitoring.metrics
            assert {m.period_s for m in (*metrics.size, metrics.objects)} == {86400}
            assert metrics.objects.dimensions["StorageType"] == "AllStorageTypes"
            storage_types[:] = [str(metric.dimensions["StorageType"]) for metric in metrics.size]

        every_phase(record(program))
        return storage_types

    assert sizes() == ["StandardStorage"]
    assert sizes(ia_after_days=30, archive_after_days=60) == [
        "StandardStorage",
        "StandardIAStorage",
        "GlacierInstantRetrievalStorage",
    ]
    assert sizes(archive_after_days=60, archive="flexible") == ["StandardStorage", "GlacierStorage"]
