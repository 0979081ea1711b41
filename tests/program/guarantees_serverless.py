"""The guarantees of a serverless Redis store, and of one whose users log in, that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import PUBLIC, Row
from tests.program.mutations import drop, hide, point, put, untag

__all__ = ["ROWS"]

CACHE, NODES, APP = (
    "elasticache/serverlessCache::cache",
    "elasticache/replicationGroup::sessions",
    "elasticache/user::cache-users-app",
)

ROWS = (
    Row("data-in-private-subnets", CACHE, point(CACHE, "subnetIds", *PUBLIC)),
    Row("data-in-private-subnets", CACHE, drop(CACHE, "subnetIds")),
    Row("customer-managed-keys", CACHE, drop(CACHE, "kmsKeyId")),
    Row("elasticache-authenticated", CACHE, drop(CACHE, "userGroupId")),
    Row("elasticache-authenticated", NODES, drop(NODES, "userGroupIds")),
    Row("elasticache-backups", CACHE, put(CACHE, "snapshotRetentionLimit", 0)),
    Row("required-tags", CACHE, untag(CACHE)),
    Row("no-hidden-protection", CACHE, hide(CACHE, "userGroupId")),
    Row("no-hidden-protection", APP, hide(APP, "accessString")),
)
