"""What waits for the maintenance window while `applyImmediately` is off.

Sources: botocore 1.44, RDS ModifyDBInstance and ElastiCache ModifyReplicationGroup; the RDS User Guide, "Settings for
DB instances" (USER_ModifyInstance.Settings); terraform-provider-aws, rds/instance.go, resourceInstanceUpdate and
dbInstancePopulateModify, and elasticache/replication_group.go, resourceReplicationGroupUpdate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview.transition.values import number

__all__ = ["waits"]

# Nothing that RDS applies to the instance: what is not sent, or is sent to the tags.
_NOT_SENT = frozenset(
    {
        "allowMajorVersionUpgrade",
        "applyImmediately",
        "blueGreenUpdate",
        "deleteAutomatedBackups",
        "finalSnapshotIdentifier",
        "skipFinalSnapshot",
        "tags",
        "tagsAll",
    }
)
_AT_ONCE = frozenset(
    {
        "autoMinorVersionUpgrade",
        "backupWindow",
        "copyTagsToSnapshot",
        "deletionProtection",
        "enabledCloudwatchLogsExports",
        "maintenanceWindow",
        "manageMasterUserPassword",
        "masterUserSecretKmsKeyId",
        "maxAllocatedStorage",
        "monitoringInterval",
        "monitoringRoleArn",
        "parameterGroupName",
        "password",
        "passwordWo",
        "passwordWoVersion",
        "performanceInsightsEnabled",
        "performanceInsightsKmsKeyId",
        "performanceInsightsRetentionPeriod",
        "port",
        "publiclyAccessible",
        "vpcSecurityGroupIds",
    }
)
"""What RDS applies at once whatever `applyImmediately` says; all else of an instance waits."""
_CACHE_NODES = frozenset(
    {
        "engine",
        "engineVersion",
        "nodeType",
        "parameterGroupName",
        "transitEncryptionEnabled",
        "transitEncryptionMode",
        "userGroupIds",
    }
)
"""What ElastiCache changes on the nodes. The provider sends the number of nodes and a rotated token at once."""


def waits(type_: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a change of the top-level property `name` waits for the window."""
    if new.get("applyImmediately") is True:
        return False
    if type_ == "aws:elasticache/replicationGroup:ReplicationGroup":
        return name in _CACHE_NODES
    if type_ != "aws:rds/instance:Instance" or name in _AT_ONCE or name in _NOT_SENT:
        return False
    if name == "backupRetentionPeriod":
        return 0 in (number(old.get(name, 0)), number(new.get(name, 0)))
    return True
