"""Changes that replace a resource in some cases only: what the provider decides by the old and the new values.

The names are functions of terraform-provider-aws, below `internal/service/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from preview.transition.values import UNKNOWN, version

__all__ = ["CONDITIONS", "Condition"]

Condition = Callable[[Mapping[str, Any], Mapping[str, Any]], bool | None]
"""By the old and the new inputs: whether the change replaces the resource; None where that is unknown."""


def _engine_other_than_to_valkey(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/engine_version.go, customizeDiffEngineForceNewOnDowngrade."""
    if UNKNOWN in (old.get("engine"), new.get("engine")):
        return None
    return (old.get("engine", "redis"), new.get("engine")) != ("redis", "valkey")


def _engine_version_lowered(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/engine_version.go, engineVersionForceNewOnDowngrade."""
    before, after = version(old.get("engineVersion")), version(new.get("engineVersion"))
    return None if before is None or after is None else after < before


def _encryption_before_7_0_5(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/replication_group.go, resourceReplicationGroup: ForceNewIf of transit_encryption_enabled."""
    running = version(old.get("engineVersion"))
    # 7.0 without a patch is the newest of them, since ElastiCache chooses the patch.
    return None if running is None else running < (7, 0) or (7, 0, 0) <= running < (7, 0, 5)


def _serverless_engine(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/serverless_cache.go, Schema: the plan modifier of engine."""
    engines = {old.get("engine"), new.get("engine")}
    return None if UNKNOWN in engines else engines != {"redis", "valkey"}


def _serverless_version(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/serverless_cache.go, Schema: the plan modifier of major_engine_version."""
    before, after = version(old.get("majorEngineVersion")), version(new.get("majorEngineVersion"))
    if before is None or after is None:
        return None
    return not (before < after and new.get("engine") == "valkey")


def _destination_service(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """logs/delivery_destination.go, requiresReplaceIfARNServiceChanges; what is unknown replaces."""
    arns = [values.get("deliveryDestinationConfiguration", {}) for values in (old, new)]
    texts = [arn.get("destinationResourceArn") if isinstance(arn, Mapping) else arn for arn in arns]
    if not isinstance(texts[1], str):
        return True
    services = [text.split(":")[2] if isinstance(text, str) and text.count(":") > 2 else None for text in texts]
    return None if None in services else services[0] != services[1]


def _tenancy(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """ec2/vpc_.go, resourceVPCCustomizeDiff: only from dedicated to default is an update."""
    tenancies = [values.get("instanceTenancy", "default") for values in (old, new)]
    return None if UNKNOWN in tenancies else tenancies != ["dedicated", "default"]


def _always(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool | None:
    """elasticache/replication_group.go, resourceReplicationGroup: ForceNewIf of node_group_configuration."""
    return True


CONDITIONS: dict[str, dict[str, Condition]] = {
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        "deliveryDestinationConfiguration": _destination_service
    },
    "aws:ec2/vpc:Vpc": {"instanceTenancy": _tenancy},
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "engine": _engine_other_than_to_valkey,
        "engineVersion": _engine_version_lowered,
        "nodeGroupConfigurations": _always,
        "transitEncryptionEnabled": _encryption_before_7_0_5,
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        "engine": _serverless_engine,
        "majorEngineVersion": _serverless_version,
    },
}
"""By type and property: when a change of the property replaces the resource."""
