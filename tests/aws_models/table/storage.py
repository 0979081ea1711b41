"""Buckets, vectors, file systems, backups."""

from __future__ import annotations

from functools import partial

from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_S3 = partial(Operation, service="s3")
_EFS = partial(Operation, service="efs")
_BACKUP = partial(Operation, service="backup")

OPERATIONS = {
    "aws:s3/bucket:Bucket": _S3(name="CreateBucket", members={"objectLockEnabled": "ObjectLockEnabledForBucket"}),
    "aws:s3/bucketVersioning:BucketVersioning": _S3(name="PutBucketVersioning"),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _S3(
        name="PutBucketEncryption",
        root="ServerSideEncryptionConfiguration",
        members={"bucket": "PutBucketEncryption:Bucket"},
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _S3(
        name="PutBucketLifecycleConfiguration",
        root="LifecycleConfiguration",
        members={"bucket": "PutBucketLifecycleConfiguration:Bucket"},
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _S3(
        name="PutPublicAccessBlock",
        root="PublicAccessBlockConfiguration",
        members={"bucket": "PutPublicAccessBlock:Bucket"},
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _S3(
        name="PutBucketOwnershipControls",
        root="OwnershipControls",
        members={"bucket": "PutBucketOwnershipControls:Bucket", "rule": "Rules"},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _S3(name="PutBucketPolicy"),
    "aws:s3/bucketLogging:BucketLogging": _S3(
        name="PutBucketLogging",
        root="BucketLoggingStatus.LoggingEnabled",
        members={"bucket": "PutBucketLogging:Bucket"},
    ),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": _S3(
        name="PutBucketCors", root="CORSConfiguration", members={"bucket": "PutBucketCors:Bucket"}
    ),
    "aws:s3/bucketNotification:BucketNotification": _S3(
        name="PutBucketNotificationConfiguration",
        root="NotificationConfiguration",
        members={
            "bucket": "PutBucketNotificationConfiguration:Bucket",
            "lambdaFunctions": "LambdaFunctionConfigurations",
            "queues": "QueueConfigurations",
            "topics": "TopicConfigurations",
        },
        ignored={"eventbridge": "a switch here, a block there"},
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": _S3(
        name="PutObject", members={"kmsKeyId": "SSEKMSKeyId", "content": "Body"}
    ),
    "aws:s3/vectorsVectorBucket:VectorsVectorBucket": Operation(service="s3vectors", name="CreateVectorBucket"),
    "aws:s3/vectorsIndex:VectorsIndex": Operation(service="s3vectors", name="CreateIndex"),
    "aws:efs/fileSystem:FileSystem": _EFS(
        name="CreateFileSystem",
        members={
            "lifecyclePolicies": "PutLifecycleConfiguration:LifecyclePolicies",
            "protection": "UpdateFileSystemProtection:",
            "protection.replicationOverwrite": "ReplicationOverwriteProtection",
        },
    ),
    "aws:efs/accessPoint:AccessPoint": _EFS(name="CreateAccessPoint"),
    "aws:efs/mountTarget:MountTarget": _EFS(name="CreateMountTarget"),
    "aws:efs/backupPolicy:BackupPolicy": _EFS(name="PutBackupPolicy"),
    "aws:efs/fileSystemPolicy:FileSystemPolicy": _EFS(name="PutFileSystemPolicy"),
    "aws:backup/vault:Vault": _BACKUP(
        name="CreateBackupVault",
        members={"name": "BackupVaultName", "kmsKeyArn": "EncryptionKeyArn", "tags": "BackupVaultTags"},
    ),
    "aws:backup/plan:Plan": _BACKUP(
        name="CreateBackupPlan",
        root="BackupPlan",
        members={
            "name": "BackupPlanName",
            "tags": "CreateBackupPlan:BackupPlanTags",
            "rules.schedule": "ScheduleExpression",
            "rules.startWindow": "StartWindowMinutes",
            "rules.completionWindow": "CompletionWindowMinutes",
            "rules.lifecycle.coldStorageAfter": "MoveToColdStorageAfterDays",
            "rules.lifecycle.deleteAfter": "DeleteAfterDays",
            "rules.copyActions.destinationVaultArn": "DestinationBackupVaultArn",
            "rules.copyActions.lifecycle.coldStorageAfter": "MoveToColdStorageAfterDays",
            "rules.copyActions.lifecycle.deleteAfter": "DeleteAfterDays",
        },
    ),
    "aws:backup/selection:Selection": _BACKUP(
        name="CreateBackupSelection",
        root="BackupSelection",
        members={
            "planId": "CreateBackupSelection:BackupPlanId",
            "selectionTags": "ListOfTags",
            "selectionTags.type": "ConditionType",
            "selectionTags.key": "ConditionKey",
            "selectionTags.value": "ConditionValue",
        },
    ),
}
