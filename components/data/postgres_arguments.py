"""Arguments of an RDS instance that hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pulumi
import pulumi_aws as aws

from settings import data
from settings.data.restore_from import PointInTime

__all__ = ["CREATION_ONLY", "deletion", "insights", "master_password", "master_secret_arn", "origin"]

# They count when the instance is made: a change, or their removal, would else replace it. The key is not among them,
# though its coming back would replace an instance with its source's key: what encrypts is never hidden from policies.
CREATION_ONLY = ("snapshotIdentifier", "restoreToPointInTime")


def deletion(final_snapshot: pulumi.Input[str] | None) -> dict[str, Any]:
    """What deletion leaves behind: with the name of a final snapshot everything that AWS can keep, else nothing."""
    if final_snapshot is None:
        return {"skip_final_snapshot": True, "delete_automated_backups": True, "deletion_protection": False}
    return {
        "skip_final_snapshot": False,
        "final_snapshot_identifier": final_snapshot,
        "delete_automated_backups": False,
        "deletion_protection": True,
    }


def origin(settings: data.Postgres, key_arn: pulumi.Input[str]) -> dict[str, Any]:
    """What the instance is made from: nothing but a name, a user and a key, or a source that has its own.

    Of a restored instance the three are left out: RDS refuses them, and where they differed from the source's, the
    provider would find a difference that only a replacement mends.
    """
    source = settings.restore_from
    if source is None:
        return {"db_name": settings.database, "username": settings.username, "kms_key_id": key_arn}
    if source.point_in_time is None:
        return {"snapshot_identifier": source.snapshot}
    return {"restore_to_point_in_time": _moment(source.point_in_time)}


def _moment(wanted: PointInTime) -> aws.rds.InstanceRestoreToPointInTimeArgs:
    source = wanted.source
    return aws.rds.InstanceRestoreToPointInTimeArgs(
        restore_time=None if wanted.at == "latest" else wanted.at,
        use_latest_restorable_time=True if wanted.at == "latest" else None,
        source_db_instance_automated_backups_arn=source if source.startswith("arn:") else None,
        source_dbi_resource_id=source if _is_id(source) else None,
        source_db_instance_identifier=None if source.startswith("arn:") or _is_id(source) else source,
    )


def _is_id(source: str) -> bool:
    """Whether `source` is a resource id: RDS writes those in capitals, and identifiers never."""
    return source.startswith("db-") and source[3:].isupper()


def insights(enabled: bool, key_arn: pulumi.Input[str]) -> dict[str, Any]:
    """Performance Insights with the free seven days, or none; AWS refuses a key without it."""
    if not enabled:
        return {"performance_insights_enabled": False}
    return {
        "performance_insights_enabled": True,
        "performance_insights_retention_period": 7,
        "performance_insights_kms_key_id": key_arn,
    }


def master_password(password: pulumi.Output[str] | None, key_arn: pulumi.Input[str]) -> dict[str, Any]:
    """The given password, or one that RDS keeps in Secrets Manager; AWS refuses both at once."""
    if password is not None:
        return {"password": password}
    return {"manage_master_user_password": True, "master_user_secret_kms_key_id": key_arn}


def master_secret_arn(secrets: Sequence[Any]) -> pulumi.Input[str]:
    """The ARN of the secret that RDS keeps, from the instance's `master_user_secrets`."""
    if secrets:
        return secrets[0].secret_arn
    if pulumi.runtime.is_dry_run():  # an existing database that switches to managed credentials has none yet
        return cast("pulumi.Output[str]", pulumi.Output.from_input(pulumi.UNKNOWN))
    raise pulumi.RunError("RDS has not made the database's secret yet; run `pulumi up` again")
