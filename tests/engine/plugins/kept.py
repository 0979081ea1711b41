"""Names that stay taken in AWS once a resource is deleted: of secrets that can be restored, and of final snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.engine.plugins.journal import Journal

__all__ = ["refusal", "stays"]

_SECRET = "aws:secretsmanager/secret:Secret"
_CACHE = "aws:elasticache/replicationGroup:ReplicationGroup"
_DATABASE = "aws:rds/instance:Instance"


def stays(token: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal notes of a deletion: the kind and the name of what it leaves; nothing where it leaves nothing.

    secretsmanager/secret.go, resourceSecret and resourceSecretDelete: the window is 30 days where none is stated.
    rds/instance.go, resourceInstanceDelete, and elasticache/replication_group.go, resourceReplicationGroupDelete.
    """
    if token == _SECRET and properties.get("recoveryWindowInDays", 30):
        return {"stays": ["secret", properties.get("name")]}
    name = properties.get("finalSnapshotIdentifier")
    if name and (token == _CACHE or (token == _DATABASE and not properties.get("skipFinalSnapshot"))):
        return {"stays": ["snapshot", name]}
    return {}


def refusal(journal: Journal, call: str, token: str, properties: Mapping[str, Any]) -> str | None:
    """Why a create or a delete is refused for the name that it needs."""
    if call == "create":
        needed = ["secret", properties.get("name")] if token == _SECRET else None
    else:
        needed = None if token == _SECRET else stays(token, properties).get("stays")
    if not needed or all(other.get("stays") != needed for other in journal.read() if other["call"] == "deleted"):
        return None
    kind, name = needed
    if kind == "secret":
        return f"You can't create this secret because a secret with this name is already scheduled for deletion: {name}"
    return f"SnapshotAlreadyExists: there is a snapshot {name}"
