"""Arguments of an RDS instance that depend on each other."""

from __future__ import annotations

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from settings import data
from settings.data.restore_from import PointInTime

__all__ = [
    "CREATION_ONLY",
    "EXTENDED_SUPPORT",
    "NO_EXTENDED_SUPPORT",
    "deletion_arguments",
    "insights_arguments",
    "password_arguments",
    "source_arguments",
    "storage_arguments",
]

# From this size on, RDS stripes a gp3 volume, whose baseline is then 12,000 IOPS and 500 MiB/s. It refuses both values
# for a smaller one, and a change across this size without them: the provider would send the old IOPS along.
_STRIPED_GB, _STRIPED_IOPS, _STRIPED_MIB_PER_S = 400, 12_000, 500

# They have an effect only when the instance is created; a changed or removed one would replace it. The KMS key is not
# among them, although its return would replace an instance that has its source's key: encryption is never hidden from
# policies. Of Extended Support the provider sends a change in vain (terraform-provider-aws#44552).
CREATION_ONLY = ("snapshotIdentifier", "restoreToPointInTime", "engineLifecycleSupport")

EXTENDED_SUPPORT = "open-source-rds-extended-support"
NO_EXTENDED_SUPPORT = f"{EXTENDED_SUPPORT}-disabled"
"""Whether a version past its standard support is kept, at a price. RDS's own default is that it is."""


class StorageArguments(TypedDict, total=False):
    """The volume."""

    storage_type: str
    allocated_storage: int
    max_allocated_storage: int
    iops: int
    storage_throughput: int


class DeletionArguments(TypedDict, total=False):
    """What deletion of the instance leaves behind."""

    skip_final_snapshot: bool
    final_snapshot_identifier: pulumi.Input[str]
    delete_automated_backups: bool
    deletion_protection: bool


class SourceArguments(TypedDict, total=False):
    """What the instance is created from."""

    db_name: str
    username: str
    kms_key_id: pulumi.Input[str]
    snapshot_identifier: str | None
    restore_to_point_in_time: aws.rds.InstanceRestoreToPointInTimeArgs


class InsightsArguments(TypedDict, total=False):
    """Performance Insights."""

    performance_insights_enabled: bool
    performance_insights_retention_period: int
    performance_insights_kms_key_id: pulumi.Input[str]


class PasswordArguments(TypedDict, total=False):
    """The master user's password."""

    password: pulumi.Output[str]
    manage_master_user_password: bool
    master_user_secret_kms_key_id: pulumi.Input[str]


def deletion_arguments(final_snapshot: pulumi.Input[str] | None) -> DeletionArguments:
    """With the name of a final snapshot, everything that AWS can keep is kept; without one, nothing is."""
    if final_snapshot is None:
        return {"skip_final_snapshot": True, "delete_automated_backups": True, "deletion_protection": False}
    return {
        "skip_final_snapshot": False,
        "final_snapshot_identifier": final_snapshot,
        "delete_automated_backups": False,
        "deletion_protection": True,
    }


def storage_arguments(settings: data.Postgres) -> StorageArguments:
    """A gp3 volume of the stated size with the IOPS and throughput that its size has for free.

    A restored instance states neither: its volume begins with the size of its source, which may be a smaller one.
    """
    volume: StorageArguments = {
        "storage_type": "gp3",
        "allocated_storage": settings.storage_gb,
        "max_allocated_storage": settings.storage_limit_gb,
    }
    if settings.storage_gb >= _STRIPED_GB and settings.restore_from is None:
        volume |= {"iops": _STRIPED_IOPS, "storage_throughput": _STRIPED_MIB_PER_S}
    return volume


def source_arguments(settings: data.Postgres, key_arn: pulumi.Input[str]) -> SourceArguments:
    """An empty database with its name, user and key, or a snapshot or point in time that has its own.

    A restored instance has none of the three: RDS refuses them, and where they differ from the source's, the provider
    would plan a replacement.
    """
    source = settings.restore_from
    if source is None:
        return {"db_name": settings.database, "username": settings.username, "kms_key_id": key_arn}
    if source.point_in_time is None:
        return {"snapshot_identifier": source.snapshot}
    return {"restore_to_point_in_time": _point_in_time(source.point_in_time)}


def _point_in_time(settings: PointInTime) -> aws.rds.InstanceRestoreToPointInTimeArgs:
    source, latest = settings.source, settings.at == "latest"
    return aws.rds.InstanceRestoreToPointInTimeArgs(
        restore_time=None if latest else settings.at,
        use_latest_restorable_time=True if latest else None,
        source_db_instance_automated_backups_arn=source if source.startswith("arn:") else None,
        source_dbi_resource_id=source if _is_resource_id(source) else None,
        source_db_instance_identifier=None if source.startswith("arn:") or _is_resource_id(source) else source,
    )


def _is_resource_id(source: str) -> bool:
    """Whether `source` is a resource id and not an identifier: RDS writes ids in capitals, identifiers never."""
    return source.startswith("db-") and source[3:].isupper()


def insights_arguments(enabled: bool, key_arn: pulumi.Input[str]) -> InsightsArguments:
    """Performance Insights with the free retention of seven days, or none; AWS refuses a key where it is off."""
    if not enabled:
        return {"performance_insights_enabled": False}
    return {
        "performance_insights_enabled": True,
        "performance_insights_retention_period": 7,
        "performance_insights_kms_key_id": key_arn,
    }


def password_arguments(password: pulumi.Output[str] | None, key_arn: pulumi.Input[str]) -> PasswordArguments:
    """The given password, or one that RDS keeps in Secrets Manager; AWS refuses both at once."""
    if password is not None:
        return {"password": password}
    return {"manage_master_user_password": True, "master_user_secret_kms_key_id": key_arn}
