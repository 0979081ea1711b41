"""Fixtures of the rules for encryption at rest."""

from policy.guardrails import UNKNOWN
from tests.policy.support import cases, res

KEY = res("kms/key", "key", enableKeyRotation=True)
ARN = "arn:aws:kms:us-east-1:111122223333:key/1234"
BUCKET = res("s3/bucket")


def keyed(kind, prop, value, **more):
    return [KEY, res(kind, deps={prop.partition(".")[0]: [KEY]}, **{prop: value}, **more)]


def bucket_sse(algorithm, **more):
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, **more}}
    return res(
        "s3/bucketServerSideEncryptionConfiguration",
        "sse",
        bucket=UNKNOWN,
        rules=[rule],
        deps={"bucket": [BUCKET]},
    )


ALB_LOGS = res("lb/loadBalancer", "alb", accessLogs={"bucket": UNKNOWN, "enabled": True}, deps={"accessLogs": [BUCKET]})

CASES = [
    cases(
        "rds-storage-encrypted",
        ok=[
            res("rds/instance", storageEncrypted=True),
            res("rds/cluster", storageEncrypted=True),
            res("rds/cluster", engineMode="serverless"),
            [
                res("rds/instance", "source", storageEncrypted=True),
                res(
                    "rds/instance",
                    replicateSourceDb=UNKNOWN,
                    deps={"replicateSourceDb": [res("rds/instance", "source")]},
                ),
            ],
        ],
        bad=[res("rds/instance"), res("rds/instance", storageEncrypted=False), res("rds/cluster")],
        unknown=[
            res("rds/instance", storageEncrypted=UNKNOWN),
            res("rds/instance", snapshotIdentifier="snap"),
        ],
    ),
    cases(
        "elasticache-encrypted-at-rest",
        ok=[
            res("elasticache/replicationGroup", atRestEncryptionEnabled=True),
            res("elasticache/replicationGroup", engine="valkey"),
        ],
        bad=[
            res("elasticache/replicationGroup"),
            res("elasticache/replicationGroup", engine="valkey", atRestEncryptionEnabled=False),
        ],
        unknown=[
            res("elasticache/replicationGroup", atRestEncryptionEnabled=UNKNOWN),
            res("elasticache/replicationGroup", engine=UNKNOWN),
        ],
    ),
    cases(
        "opensearch-encrypted-at-rest",
        ok=[res("opensearch/domain", encryptAtRest={"enabled": True})],
        bad=[
            res("opensearch/domain"),
            res("aws:elasticsearch/domain:Domain", encryptAtRest={"enabled": False}),
        ],
        unknown=[res("opensearch/domain", encryptAtRest=UNKNOWN)],
    ),
    cases(
        "efs-encrypted",
        ok=[res("efs/fileSystem", encrypted=True)],
        bad=[res("efs/fileSystem")],
        unknown=[res("efs/fileSystem", encrypted=UNKNOWN)],
    ),
    cases(
        "ebs-encrypted",
        ok=[
            res("ebs/volume", encrypted=True),
            res("ec2/instance", rootBlockDevice={"encrypted": True}),
            res("ec2/launchTemplate", blockDeviceMappings=[{"ebs": {"encrypted": "true"}}]),
            res("ec2/instance", launchTemplate={"id": "lt-1"}),
            [res("ebs/volume"), res("ebs/encryptionByDefault", "account", enabled=True)],
        ],
        bad=[
            res("ebs/volume"),
            res("ec2/instance"),
            res("ec2/instance", rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": False}]),
            res("ec2/launchTemplate"),
            res("ec2/launchTemplate", blockDeviceMappings=[{"ebs": {"encrypted": "false"}}]),
            [res("ebs/volume"), res("ebs/encryptionByDefault", "account", enabled=False)],
        ],
        unknown=[res("ebs/volume", encrypted=UNKNOWN), res("ebs/volume", snapshotId="snap-1")],
    ),
    cases(
        "sqs-encrypted",
        ok=[res("sqs/queue"), res("sqs/queue", kmsMasterKeyId="alias/aws/sqs", sqsManagedSseEnabled=False)],
        bad=[res("sqs/queue", sqsManagedSseEnabled=False)],
        unknown=[res("sqs/queue", sqsManagedSseEnabled=UNKNOWN)],
    ),
    cases(
        "sns-encrypted",
        ok=[res("sns/topic", kmsMasterKeyId="alias/mine"), keyed("sns/topic", "kmsMasterKeyId", UNKNOWN)],
        bad=[res("sns/topic")],
        unknown=[res("sns/topic", kmsMasterKeyId=UNKNOWN)],
    ),
    cases(
        "eks-secrets-encrypted",
        ok=[
            res("eks/cluster", encryptionConfig={"provider": {"keyArn": ARN}, "resources": ["secrets"]}),
            keyed("eks/cluster", "encryptionConfig", {"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]}),
        ],
        bad=[
            res("eks/cluster"),
            res("eks/cluster", encryptionConfig={"provider": {"keyArn": ARN}, "resources": []}),
        ],
        unknown=[res("eks/cluster", encryptionConfig={"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]})],
    ),
    cases(
        "kms-key-rotation",
        ok=[
            res("kms/key", enableKeyRotation=True),
            res("kms/key", customerMasterKeySpec="RSA_2048", keyUsage="SIGN_VERIFY"),
        ],
        bad=[res("kms/key"), res("kms/key", enableKeyRotation=False)],
        unknown=[res("kms/key", enableKeyRotation=UNKNOWN)],
    ),
    cases(
        "customer-managed-keys",
        ok=[
            res("rds/instance", kmsKeyId=ARN),
            keyed("rds/instance", "kmsKeyId", UNKNOWN),
            keyed("dynamodb/table", "serverSideEncryption", {"enabled": True, "kmsKeyArn": UNKNOWN}),
            keyed("ecr/repository", "encryptionConfigurations", [{"encryptionType": "KMS", "kmsKey": UNKNOWN}]),
            [BUCKET, bucket_sse("aws:kms", kmsMasterKeyId=ARN)],
            [BUCKET, bucket_sse("AES256"), ALB_LOGS],
            res("ssm/parameter", type="String"),
            res("ssm/parameter", type="SecureString", keyId=ARN),
        ],
        bad=[
            res("rds/instance"),
            res("rds/instance", kmsKeyId="alias/aws/rds"),
            res("rds/cluster"),
            res("elasticache/replicationGroup"),
            res("elasticache/serverlessCache"),
            res("dynamodb/table", serverSideEncryption={"enabled": True}),
            res("opensearch/domain"),
            res("efs/fileSystem"),
            res("ebs/volume"),
            res("backup/vault"),
            res("secretsmanager/secret"),
            res("sns/topic"),
            res("sqs/queue"),
            res("cloudwatch/logGroup"),
            res("ecr/repository"),
            res("eks/cluster"),
            res("lambda/function"),
            res("bedrock/agentAgent"),
            res("s3/vectorsVectorBucket"),
            res("s3/bucket"),
            [BUCKET, bucket_sse("AES256")],
            res("ssm/parameter", type="SecureString"),
        ],
        unknown=[
            res("rds/instance", kmsKeyId=UNKNOWN),
            res("rds/instance", snapshotIdentifier="snap"),
            res("rds/instance", restoreToPointInTime={"sourceDbInstanceIdentifier": "main"}),
            [BUCKET, bucket_sse(UNKNOWN)],
        ],
    ),
]
