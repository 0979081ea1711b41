"""Arguments of an RDS instance that hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pulumi

__all__ = ["deletion", "insights", "master_password", "master_secret_arn"]


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
