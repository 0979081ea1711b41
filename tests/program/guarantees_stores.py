"""The guarantees of Redis stores and secret parameters that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import PUBLIC, DashboardRow
from tests.program.mutations import drop, hide, point, put, untag

__all__ = ["ROWS"]

REDIS, REDIS_SUBNETS, PARAMETER = (
    "elasticache/replicationGroup::cache",
    "elasticache/subnetGroup::cache-subnets",
    "ssm/parameter::supabase-jwt-secret",
)

ROWS = (
    DashboardRow("data-in-private-subnets", REDIS, point(REDIS_SUBNETS, "subnetIds", *PUBLIC)),
    DashboardRow("data-in-private-subnets", REDIS, drop(REDIS, "subnetGroupName")),
    DashboardRow("elasticache-encrypted-at-rest", REDIS, put(REDIS, "atRestEncryptionEnabled", False)),
    DashboardRow("customer-managed-keys", REDIS, drop(REDIS, "kmsKeyId")),
    DashboardRow("elasticache-encrypted-in-transit", REDIS, put(REDIS, "transitEncryptionEnabled", False)),
    DashboardRow("elasticache-encrypted-in-transit", REDIS, put(REDIS, "transitEncryptionMode", "preferred")),
    DashboardRow("elasticache-authenticated", REDIS, drop(REDIS, "authToken")),
    DashboardRow("elasticache-backups", REDIS, put(REDIS, "snapshotRetentionLimit", 0)),
    DashboardRow("required-tags", REDIS, untag(REDIS)),
    DashboardRow("no-hidden-protection", REDIS, hide(REDIS, "transitEncryptionMode")),
    DashboardRow("customer-managed-keys", PARAMETER, drop(PARAMETER, "keyId")),
    DashboardRow("parameter-secure-string", PARAMETER, put(PARAMETER, "type", "String")),
    DashboardRow("required-tags", PARAMETER, untag(PARAMETER)),
    DashboardRow("no-hidden-protection", PARAMETER, hide(PARAMETER, "keyId")),
)
