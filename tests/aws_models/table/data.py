"""Databases, caches, secrets, parameters."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_RDS = partial(Operation, service="rds")
_SECRETS = partial(Operation, service="secretsmanager")
_CACHE = partial(Operation, service="elasticache")
_IDENTIFIER = r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,62}(?<!-)"
_INSTANCE = {
    "identifier": "DBInstanceIdentifier",
    "instanceClass": "DBInstanceClass",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "caCertIdentifier": "CACertificateIdentifier",
}
_INSTANCE_WORDS = {
    "identifier": Limit(
        says="Must contain from 1 to 63 letters, numbers, or hyphens. First character must be a letter. "
        "Can't end with a hyphen or contain two consecutive hyphens",
        found="CreateDBInstance:DBInstanceIdentifier",
        pattern=_IDENTIFIER,
    ),
    "monitoringInterval": Limit(
        says="Valid Values: 0 | 1 | 5 | 10 | 15 | 30 | 60",
        found="CreateDBInstance:MonitoringInterval",
        choices=(0, 1, 5, 10, 15, 30, 60),
    ),
    "performanceInsightsRetentionPeriod": Limit(
        says="month * 31, where month is a number of months from 1-23",
        found="CreateDBInstance:PerformanceInsightsRetentionPeriod",
        choices=(7, *(month * 31 for month in range(1, 24)), 731),
    ),
}

OPERATIONS = {
    "aws:rds/instance:Instance": _RDS(
        name="CreateDBInstance",
        members={
            **_INSTANCE,
            "username": "MasterUsername",
            "password": "MasterUserPassword",
            "parameterGroupName": "DBParameterGroupName",
            "backupWindow": "PreferredBackupWindow",
            "maintenanceWindow": "PreferredMaintenanceWindow",
            "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
            "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
            "finalSnapshotIdentifier": "DeleteDBInstance:FinalDBSnapshotIdentifier",
            "snapshotIdentifier": "RestoreDBInstanceFromDBSnapshot:DBSnapshotIdentifier",
            "restoreToPointInTime": "RestoreDBInstanceToPointInTime:",
        },
        words={
            **_INSTANCE_WORDS,
            "backupRetentionPeriod": Limit(
                says="Must be a value from 0 to 35", found="CreateDBInstance:BackupRetentionPeriod", low=0, high=35
            ),
            "dbName": Limit(
                says="Must contain 1 to 63 letters, numbers, or underscores. Must begin with a letter",
                found="CreateDBInstance:DBName",
                pattern=r"[A-Za-z]\w{0,62}",
            ),
            "username": Limit(
                says="Must be 1 to 16 letters, numbers, or underscores. First character must be a letter",
                found="CreateDBInstance:MasterUsername",
                pattern=r"[A-Za-z]\w{0,15}",
            ),
            "port": Limit(says="Valid Values: 1150-65535", found="CreateDBInstance:Port", low=1150, high=65535),
            "backupWindow": Limit(
                says="Must be in the format hh24:mi-hh24:mi",
                found="CreateDBInstance:PreferredBackupWindow",
                pattern=r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d",
            ),
            "maintenanceWindow": Limit(
                says="Must be in the format ddd:hh24:mi-ddd:hh24:mi",
                found="CreateDBInstance:PreferredMaintenanceWindow",
                pattern=r"(?i)((mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d(-|\Z)){2}",
            ),
            "finalSnapshotIdentifier": Limit(
                says="Must be 1 to 255 letters or numbers. First character must be a letter. "
                "Can't end with a hyphen or contain two consecutive hyphens",
                found="DeleteDBInstance:FinalDBSnapshotIdentifier",
                pattern=r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,254}(?<!-)",
            ),
        },
    ),
    "aws:rds/subnetGroup:SubnetGroup": _RDS(
        name="CreateDBSubnetGroup",
        members={"name": "DBSubnetGroupName", "description": "DBSubnetGroupDescription"},
        words={
            "name": Limit(
                says="Must contain no more than 255 letters, numbers, periods, underscores, spaces, or hyphens",
                found="CreateDBSubnetGroup:DBSubnetGroupName",
                pattern=r"(?!default\Z)[A-Za-z][A-Za-z0-9._ -]{0,254}",
            )
        },
    ),
    "aws:rds/parameterGroup:ParameterGroup": _RDS(
        name="CreateDBParameterGroup",
        members={
            "name": "DBParameterGroupName",
            "family": "DBParameterGroupFamily",
            "parameters": "ModifyDBParameterGroup:Parameters",
            "parameters.name": "ParameterName",
            "parameters.value": "ParameterValue",
        },
        words={
            "name": Limit(
                says="Must be 1 to 255 letters, numbers, or hyphens",
                found="CreateDBParameterGroup:DBParameterGroupName",
                pattern=r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,254}(?<!-)",
            )
        },
    ),
    "aws:rds/cluster:Cluster": _RDS(
        name="CreateDBCluster",
        members={
            "clusterIdentifier": "DBClusterIdentifier",
            "masterPassword": "MasterUserPassword",
            "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
            "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
        },
        words={
            "clusterIdentifier": Limit(
                says="Must contain from 1 to 63 (for Aurora DB clusters)",
                found="CreateDBCluster:DBClusterIdentifier",
                pattern=_IDENTIFIER,
            ),
            "backupRetentionPeriod": Limit(
                says="Must be a value from 1 to 35", found="CreateDBCluster:BackupRetentionPeriod", low=1, high=35
            ),
        },
    ),
    "aws:rds/clusterInstance:ClusterInstance": _RDS(
        name="CreateDBInstance",
        members={**_INSTANCE, "clusterIdentifier": "DBClusterIdentifier"},
        words=_INSTANCE_WORDS,
    ),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": _RDS(
        name="CreateDBClusterParameterGroup",
        members={
            "name": "DBClusterParameterGroupName",
            "family": "DBParameterGroupFamily",
            "parameters": "ModifyDBClusterParameterGroup:Parameters",
            "parameters.name": "ParameterName",
            "parameters.value": "ParameterValue",
        },
    ),
    "aws:rds/proxy:Proxy": _RDS(name="CreateDBProxy", members={"name": "DBProxyName"}),
    "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": _RDS(name="ModifyDBProxyTargetGroup"),
    "aws:rds/proxyTarget:ProxyTarget": _RDS(name="RegisterDBProxyTargets"),
    "aws:rds/eventSubscription:EventSubscription": _RDS(
        name="CreateEventSubscription", members={"name": "SubscriptionName", "snsTopic": "SnsTopicArn"}
    ),
    "aws:secretsmanager/secret:Secret": _SECRETS(
        name="CreateSecret",
        members={
            "policy": "PutResourcePolicy:ResourcePolicy",
            "recoveryWindowInDays": "DeleteSecret:RecoveryWindowInDays",
        },
        words={
            "name": Limit(
                says="The secret name can contain ASCII letters, numbers, and the following characters: /_+=.@-",
                found="CreateSecret:Name",
                pattern=r"[A-Za-z0-9/_+=.@-]+",
            ),
            # To the provider, 0 means to delete without recovery.
            "recoveryWindowInDays": Limit(
                says="The number of days from 7 to 30",
                found="DeleteSecret:RecoveryWindowInDays",
                choices=(0, *range(7, 31)),
            ),
        },
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": _SECRETS(
        name="PutSecretValue", members={"secretStringWo": "SecretString"}
    ),
    "aws:secretsmanager/secretRotation:SecretRotation": _SECRETS(name="RotateSecret"),
    "aws:secretsmanager/secretPolicy:SecretPolicy": _SECRETS(
        name="PutResourcePolicy", members={"secretArn": "SecretId", "policy": "ResourcePolicy"}
    ),
    "aws:ssm/parameter:Parameter": Operation(
        service="ssm", name="PutParameter", members={"valueWo": "Value", "insecureValue": "Value"}
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": _CACHE(
        name="CreateReplicationGroup",
        members={
            "nodeType": "CacheNodeType",
            "parameterGroupName": "CacheParameterGroupName",
            "subnetGroupName": "CacheSubnetGroupName",
            "maintenanceWindow": "PreferredMaintenanceWindow",
            "authTokenWo": "AuthToken",
        },
        words={
            "replicationGroupId": Limit(
                says="A name must contain from 1 to 40 alphanumeric characters or hyphens",
                found="CreateReplicationGroup:ReplicationGroupId",
                pattern=r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,39}(?<!-)",
            )
        },
    ),
    "aws:elasticache/subnetGroup:SubnetGroup": _CACHE(
        name="CreateCacheSubnetGroup",
        members={"name": "CacheSubnetGroupName", "description": "CacheSubnetGroupDescription"},
    ),
    "aws:elasticache/parameterGroup:ParameterGroup": _CACHE(
        name="CreateCacheParameterGroup",
        members={
            "name": "CacheParameterGroupName",
            "family": "CacheParameterGroupFamily",
            "parameters": "ModifyCacheParameterGroup:ParameterNameValues",
            "parameters.name": "ParameterName",
            "parameters.value": "ParameterValue",
        },
    ),
    "aws:elasticache/user:User": _CACHE(name="CreateUser", members={"passwordsWo": "Passwords"}),
    "aws:elasticache/userGroup:UserGroup": _CACHE(name="CreateUserGroup"),
    "aws:elasticache/serverlessCache:ServerlessCache": _CACHE(name="CreateServerlessCache"),
    "aws:dynamodb/table:Table": Operation(
        service="dynamodb",
        name="CreateTable",
        members={
            "attributes": "AttributeDefinitions",
            "attributes.name": "AttributeName",
            "attributes.type": "AttributeType",
            "hashKey": "KeySchema.AttributeName",
            "rangeKey": "KeySchema.AttributeName",
            "readCapacity": "ProvisionedThroughput.ReadCapacityUnits",
            "writeCapacity": "ProvisionedThroughput.WriteCapacityUnits",
            "streamViewType": "StreamSpecification.StreamViewType",
            "ttl": "UpdateTimeToLive:TimeToLiveSpecification",
            "globalSecondaryIndexes.name": "IndexName",
            "globalSecondaryIndexes.projectionType": "Projection.ProjectionType",
            "globalSecondaryIndexes.hashKey": "KeySchema.AttributeName",
            "globalSecondaryIndexes.rangeKey": "KeySchema.AttributeName",
            "globalSecondaryIndexes.keySchemas": "KeySchema",
            "globalSecondaryIndexes.nonKeyAttributes": "Projection.NonKeyAttributes",
            "globalSecondaryIndexes.readCapacity": "ProvisionedThroughput.ReadCapacityUnits",
            "globalSecondaryIndexes.writeCapacity": "ProvisionedThroughput.WriteCapacityUnits",
            "pointInTimeRecovery": "UpdateContinuousBackups:PointInTimeRecoverySpecification",
            "pointInTimeRecovery.enabled": "PointInTimeRecoveryEnabled",
            "pointInTimeRecovery.recoveryPeriodInDays": "RecoveryPeriodInDays",
            "serverSideEncryption": "SSESpecification",
            "serverSideEncryption.kmsKeyArn": "KMSMasterKeyId",
        },
    ),
}
