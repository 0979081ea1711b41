"""The guarantees of Redis stores and secret parameters that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import PUBLIC, Row
from tests.program.mutations import drop, hide, point, put, untag

__all__ = ["ROWS"]

REDIS, REDIS_SUBNETS, PARAMETER = (
    "elasticache/replicationGroup::cache",
    "elasticache/subnetGroup::cache-subnets",
    "ssm/parameter::supabase-jwt-secret",
)

ROWS = (
    Row("data-in-private-subnets", REDIS, point(REDIS_SUBNETS, "subnetIds", *PUBLIC)),
    Row("data-in-private-subnets", REDIS, drop(REDIS, "subnetGroupName")),
    Row("elasticache-encrypted-at-rest", REDIS, put(REDIS, "atRestEncryptionEnabled", False)),
    Row("customer-managed-keys", REDIS, drop(REDIS, "kmsKeyId")),
    Row("elasticache-encrypted-in-transit", REDIS, put(REDIS, "transitEncryptionEnabled", False)),
    Row("elasticache-encrypted-in-transit", REDIS, put(REDIS, "transitEncryptionMode", "preferred")),
    Row("elasticache-authenticated", REDIS, drop(REDIS, "authToken")),
    Row("elasticache-backups", REDIS, put(REDIS, "snapshotRetentionLimit", 0)),
    Row("required-tags", REDIS, untag(REDIS)),
    Row("no-hidden-protection", REDIS, hide(REDIS, "transitEncryptionMode")),
    Row("customer-managed-keys", PARAMETER, drop(PARAMETER, "keyId")),
    Row("parameter-secure-string", PARAMETER, put(PARAMETER, "type", "String")),
    Row("required-tags", PARAMETER, untag(PARAMETER)),
    Row("no-hidden-protection", PARAMETER, hide(PARAMETER, "keyId")),
)
