"""The guarantees of a serverless Redis store, and of one whose users log in, that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import PUBLIC, DashboardRow
from tests.program.mutations import drop, hide, point, put, untag

__all__ = ["ROWS"]

CACHE, NODES, APP = (
    "elasticache/serverlessCache::cache",
    "elasticache/replicationGroup::sessions",
    "elasticache/user::cache-users-app",
)

ROWS = (
    DashboardRow("data-in-private-subnets", CACHE, point(CACHE, "subnetIds", *PUBLIC)),
    DashboardRow("data-in-private-subnets", CACHE, drop(CACHE, "subnetIds")),
    DashboardRow("customer-managed-keys", CACHE, drop(CACHE, "kmsKeyId")),
    DashboardRow("elasticache-authenticated", CACHE, drop(CACHE, "userGroupId")),
    DashboardRow("elasticache-authenticated", NODES, drop(NODES, "userGroupIds")),
    DashboardRow("elasticache-backups", CACHE, put(CACHE, "snapshotRetentionLimit", 0)),
    DashboardRow("required-tags", CACHE, untag(CACHE)),
    DashboardRow("no-hidden-protection", CACHE, hide(CACHE, "userGroupId")),
    DashboardRow("no-hidden-protection", APP, hide(APP, "accessString")),
)
