"""Values that stay in an update, and that nothing reads then, because of what else the resource says.

Sources: terraform-provider-aws below `internal/service/`, by file and function, and botocore 1.44.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["IDLE", "RESET"]

_Inputs = Mapping[str, Any]


def _paid_by_request(new: _Inputs) -> bool:
    """dynamodb/table.go, expandProvisionedThroughput: no capacity is sent with this billing mode."""
    return new.get("billingMode") == "PAY_PER_REQUEST"


def _without_insights(new: _Inputs) -> bool:
    """rds/instance.go, resourceInstanceCreate: key and retention belong to Performance Insights that are on."""
    return new.get("performanceInsightsEnabled") is False


def _without_managed_password(new: _Inputs) -> bool:
    """RDS ModifyDBInstance, MasterUserSecretKmsKeyId: the key of the secret of a managed master password."""
    return not new.get("manageMasterUserPassword")


def _without_monitoring(new: _Inputs) -> bool:
    """RDS ModifyDBInstance, MonitoringInterval and MonitoringRoleArn: 0 switches it off, and only else takes a role."""
    return new.get("monitoringInterval") == 0


def _without_snapshots(new: _Inputs) -> bool:
    """ElastiCache ModifyServerlessCache: a daily snapshot is taken where its retention is above 0."""
    return not new.get("snapshotRetentionLimit")


def _strategy_other_than(strategy: str) -> Callable[[_Inputs], bool]:
    """ecs/service.go, resourceServiceCreate and resourceServiceUpdate: sent with this strategy only."""
    return lambda new: (new.get("deploymentConfiguration") or {}).get("strategy") not in (None, strategy)


def _one_action(new: _Inputs) -> bool:
    """elbv2 Action, Order: the order of several actions."""
    return len(new.get("actions") or ()) == 1


def _another_target(new: _Inputs) -> bool:
    """ec2/vpc_route.go, routeTargetAttribute: a target that is kept is not sent beside a changed one."""
    return bool({"gatewayId", "natGatewayId", "vpcEndpointId", "transitGatewayId"} & new.keys())


def _write_only_value(new: _Inputs) -> bool:
    """ssm/parameter.go, resourceParameterUpdate: a new `value_wo_version` sends `value_wo` in place of `value`."""
    return "valueWo" in new


IDLE: dict[str, dict[str, Callable[[_Inputs], bool]]] = {
    "aws:dynamodb/table:Table": {"readCapacity": _paid_by_request, "writeCapacity": _paid_by_request},
    "aws:ec2/route:Route": {"networkInterfaceId": _another_target},
    "aws:ecs/service:Service": {
        "deploymentConfiguration.canaryConfiguration": _strategy_other_than("CANARY"),
        "deploymentConfiguration.linearConfiguration": _strategy_other_than("LINEAR"),
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {"dailySnapshotTime": _without_snapshots},
    "aws:lb/listenerRule:ListenerRule": {"actions.order": _one_action},
    "aws:rds/instance:Instance": {
        "masterUserSecretKmsKeyId": _without_managed_password,
        "monitoringRoleArn": _without_monitoring,
        "performanceInsightsKmsKeyId": _without_insights,
        "performanceInsightsRetentionPeriod": _without_insights,
    },
    "aws:ssm/parameter:Parameter": {"value": _write_only_value},
}
"""By type and path, without indices: whether the new inputs leave a value without effect."""

RESET: dict[str, frozenset[str]] = {
    # s3/bucket_lifecycle_configuration.go, Schema: plan modifier LegacyValue.
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": frozenset(
        {"rules.expiration.days", "rules.expiration.expiredObjectDeleteMarker"}
    ),
}
"""By type: paths that are Optional and Computed, and become zero where an update leaves them out."""
