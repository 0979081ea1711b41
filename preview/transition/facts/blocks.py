"""Blocks that stay as they are where an update leaves them out.

npm's schema, of which `computed.json` is made, has no flags of blocks; these rows are of the provider's source,
terraform-provider-aws below `internal/service/`, by file and function.
"""

from __future__ import annotations

__all__ = ["AS_LEFT_OUT", "KEPT_BLOCKS"]

_SUPPRESSED = "the provider takes a block that is left out for no change (SuppressMissingOptionalConfigurationBlock)"
_COMPUTED = "the block is Optional and Computed: left out, it keeps its value"
_ECS = "ecs/service.go, resourceService"
_TABLE = f"{_COMPUTED}: dynamodb/table.go, resourceTable"
_GROUP = f"{_COMPUTED}: elbv2/target_group.go, resourceTargetGroup"

KEPT_BLOCKS: dict[str, dict[str, str]] = {
    "aws:dynamodb/table:Table": {
        "globalSecondaryIndexes": f"{_TABLE} (issue 47490, open)",
        "pointInTimeRecovery": _TABLE,
        "serverSideEncryption": _TABLE,
        "ttl": f"{_SUPPRESSED}: dynamodb/table.go, resourceTable",
    },
    "aws:ec2/flowLog:FlowLog": {"destinationOptions": f"{_SUPPRESSED}: ec2/vpc_flow_log.go, resourceFlowLog"},
    "aws:ec2/networkInterface:NetworkInterface": {
        "attachments": f"{_COMPUTED}: ec2/vpc_network_interface.go, ResourceNetworkInterface"
    },
    "aws:ecs/service:Service": {
        "alarms": f"{_SUPPRESSED}: {_ECS}",
        "deploymentCircuitBreaker": f"{_SUPPRESSED}: {_ECS}",
        "deploymentConfiguration": f"{_COMPUTED}: {_ECS}",
        "deploymentConfiguration.canaryConfiguration": f"{_COMPUTED}: {_ECS}",
        "deploymentConfiguration.linearConfiguration": f"{_COMPUTED}: {_ECS}",
        "deploymentController": f"{_SUPPRESSED}: {_ECS}",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "nodeGroupConfigurations": f"{_COMPUTED}: elasticache/replication_group.go, resourceReplicationGroup"
    },
    "aws:lb/listenerRule:ListenerRule": {
        "actions.forward.stickiness": f"{_SUPPRESSED}: elbv2/listener_rule.go, resourceListenerRule"
    },
    "aws:lb/targetGroup:TargetGroup": {
        "healthCheck": _GROUP,
        "stickiness": _GROUP,
        "targetFailovers": _GROUP,
        "targetGroupHealth": _GROUP,
        "targetHealthStates": _GROUP,
    },
}
"""By type and path, without indices: why it stays."""

AS_LEFT_OUT: dict[str, dict[str, dict[str, object]]] = {
    "aws:ecs/service:Service": {
        "alarms": {"enable": False},
        "deploymentCircuitBreaker": {"enable": False},
        "deploymentConfiguration": {"strategy": "ROLLING"},
        "deploymentController": {"type": "ECS"},
    },
    "aws:lb/targetGroup:TargetGroup": {"stickiness": {"enabled": False}},
}
"""Members by which a block means the same as none, so that leaving it out changes nothing."""
