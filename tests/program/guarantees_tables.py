"""The guarantees of tables that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import Row
from tests.program.mutations import drop, hide, put, untag

__all__ = ["ROWS"]

TABLE = "dynamodb/table::usage_logs"

ROWS = (
    Row("customer-managed-keys", TABLE, drop(TABLE, "serverSideEncryption")),
    Row("customer-managed-keys", TABLE, put(TABLE, "serverSideEncryption", {"enabled": True})),
    Row("dynamodb-point-in-time-recovery", TABLE, drop(TABLE, "pointInTimeRecovery")),
    Row("dynamodb-point-in-time-recovery", TABLE, put(TABLE, "pointInTimeRecovery", {"enabled": False})),
    Row("deletion-protection", TABLE, put(TABLE, "deletionProtectionEnabled", False)),
    Row("required-tags", TABLE, untag(TABLE)),
    Row("no-hidden-protection", TABLE, hide(TABLE, "serverSideEncryption")),
    Row("no-hidden-protection", TABLE, hide(TABLE, "deletionProtectionEnabled")),
)
