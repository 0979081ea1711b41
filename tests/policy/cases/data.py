"""Fixtures of encryption, backup and deletion rules."""

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


def database(engine, version, parameters=None, family="", kind="rds/instance"):
    prop = "parameterGroupName" if kind == "rds/instance" else "dbClusterParameterGroupName"
    group_kind = "rds/parameterGroup" if kind == "rds/instance" else "rds/clusterParameterGroup"
    if parameters is None:
        return res(kind, engine=engine, engineVersion=version)
    group = res(group_kind, "group", family=family, parameters=parameters)
    return [group, res(kind, engine=engine, engineVersion=version, deps={prop: [group]}, **{prop: UNKNOWN})]


FORCE = [{"name": "rds.force_ssl", "value": "1"}]
OFF = [{"name": "rds.force_ssl", "value": "0"}]
ALB_LOGS = res(
    "lb/loadBalancer", "alb", accessLogs={"bucket": UNKNOWN, "enabled": True}, deps={"accessLogs": [BUCKET]}
)

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
            keyed(
                "eks/cluster", "encryptionConfig", {"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]}
            ),
        ],
        bad=[
            res("eks/cluster"),
            res("eks/cluster", encryptionConfig={"provider": {"keyArn": ARN}, "resources": []}),
        ],
        unknown=[
            res("eks/cluster", encryptionConfig={"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]})
        ],
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
            keyed(
                "ecr/repository", "encryptionConfigurations", [{"encryptionType": "KMS", "kmsKey": UNKNOWN}]
            ),
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
        unknown=[res("rds/instance", kmsKeyId=UNKNOWN), [BUCKET, bucket_sse(UNKNOWN)]],
    ),
    cases(
        "rds-tls-required",
        ok=[
            database("postgres", "16"),
            database("postgres", "14", FORCE, "postgres14"),
            database("aurora-postgresql", "15.4", FORCE, "aurora-postgresql15", "rds/cluster"),
            database("mysql", "8.0", [{"name": "require_secure_transport", "value": "ON"}], "mysql8.0"),
            res("rds/instance", engine="oracle-ee"),
        ],
        bad=[
            database("postgres", "14"),
            database("postgres", "16", OFF, "postgres16"),
            database("postgres", "14", [], "postgres14"),
            database("aurora-postgresql", "15.4", kind="rds/cluster"),
            database("mysql", "8.4"),
        ],
        unknown=[
            database("postgres", UNKNOWN),
            database("postgres", "14", UNKNOWN, "postgres14"),
            res("rds/instance", engine="postgres", engineVersion="16", parameterGroupName="elsewhere"),
        ],
    ),
    cases(
        "rds-proxy-tls-required",
        ok=[res("rds/proxy", requireTls=True)],
        bad=[res("rds/proxy")],
        unknown=[res("rds/proxy", requireTls=UNKNOWN)],
    ),
    cases(
        "elasticache-encrypted-in-transit",
        ok=[res("elasticache/replicationGroup", transitEncryptionEnabled=True)],
        bad=[
            res("elasticache/replicationGroup"),
            res(
                "elasticache/replicationGroup",
                transitEncryptionEnabled=True,
                transitEncryptionMode="preferred",
            ),
        ],
        unknown=[res("elasticache/replicationGroup", transitEncryptionEnabled=UNKNOWN)],
    ),
    cases(
        "elasticache-authenticated",
        ok=[
            res("elasticache/replicationGroup", authToken="0123456789abcdef"),
            res("elasticache/replicationGroup", userGroupIds=["group"]),
        ],
        bad=[res("elasticache/replicationGroup")],
        unknown=[res("elasticache/replicationGroup", userGroupIds=UNKNOWN)],
    ),
    cases(
        "opensearch-encrypted-in-transit",
        ok=[
            res(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07",
                },
            )
        ],
        bad=[
            res("opensearch/domain"),
            res(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07",
                },
            ),
        ],
        unknown=[
            res("opensearch/domain", nodeToNodeEncryption={"enabled": True}, domainEndpointOptions=UNKNOWN)
        ],
    ),
    cases(
        "api-domain-tls",
        ok=[res("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_2"})],
        bad=[res("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_0"})],
        unknown=[res("apigatewayv2/domainName", domainNameConfiguration=UNKNOWN)],
    ),
    cases(
        "sns-subscription-https",
        ok=[res("sns/topicSubscription", protocol="https"), res("sns/topicSubscription", protocol="sqs")],
        bad=[res("sns/topicSubscription", protocol="http")],
        unknown=[res("sns/topicSubscription", protocol=UNKNOWN)],
    ),
    cases(
        "certificate-key-strength",
        ok=[res("acm/certificate"), res("acm/certificate", keyAlgorithm="EC_prime256v1")],
        bad=[res("acm/certificate", keyAlgorithm="RSA_1024")],
        unknown=[res("acm/certificate", keyAlgorithm=UNKNOWN)],
    ),
    cases(
        "rds-backups",
        ok=[
            res("rds/instance", backupRetentionPeriod=7),
            res("rds/cluster", backupRetentionPeriod=14.0),
            res("rds/instance", replicateSourceDb="main"),
        ],
        bad=[res("rds/instance"), res("rds/instance", backupRetentionPeriod=3), res("rds/cluster")],
        unknown=[res("rds/instance", backupRetentionPeriod=UNKNOWN)],
    ),
    cases(
        "dynamodb-point-in-time-recovery",
        ok=[res("dynamodb/table", pointInTimeRecovery={"enabled": True})],
        bad=[res("dynamodb/table")],
        unknown=[res("dynamodb/table", pointInTimeRecovery=UNKNOWN)],
    ),
    cases(
        "elasticache-backups",
        ok=[res("elasticache/replicationGroup", snapshotRetentionLimit=1)],
        bad=[
            res("elasticache/replicationGroup"),
            res("elasticache/serverlessCache", snapshotRetentionLimit=0),
        ],
        unknown=[res("elasticache/replicationGroup", snapshotRetentionLimit=UNKNOWN)],
    ),
    cases(
        "efs-backups",
        ok=[
            [
                res("efs/fileSystem"),
                res(
                    "efs/backupPolicy",
                    "policy",
                    fileSystemId=UNKNOWN,
                    backupPolicy={"status": "ENABLED"},
                    deps={"fileSystemId": [res("efs/fileSystem")]},
                ),
            ],
            [
                res("efs/fileSystem"),
                res(
                    "backup/selection",
                    "plan",
                    resources=[UNKNOWN],
                    deps={"resources": [res("efs/fileSystem")]},
                ),
            ],
        ],
        bad=[res("efs/fileSystem")],
        unknown=[
            [
                res("efs/fileSystem"),
                res("backup/selection", "plan", resources=["arn:aws:elasticfilesystem:*:*:*"]),
            ],
        ],
    ),
    cases(
        "deletion-protection",
        ok=[
            res("rds/instance", deletionProtection=True),
            res("cognito/userPool", deletionProtection="ACTIVE"),
            res("lb/loadBalancer", enableDeletionProtection=True),
        ],
        bad=[
            res("rds/instance"),
            res("rds/cluster", deletionProtection=False),
            res("dynamodb/table"),
            res("lb/loadBalancer"),
            res("eks/cluster"),
            res("cognito/userPool", deletionProtection="INACTIVE"),
        ],
        unknown=[res("rds/instance", deletionProtection=UNKNOWN)],
    ),
    cases(
        "final-snapshot",
        ok=[
            res("rds/instance", finalSnapshotIdentifier="last"),
            res("rds/instance", replicateSourceDb="main"),
        ],
        bad=[res("rds/instance", skipFinalSnapshot=True), res("rds/cluster", skipFinalSnapshot=True)],
        unknown=[res("rds/instance", skipFinalSnapshot=UNKNOWN)],
    ),
    cases(
        "no-forced-deletion",
        ok=[res("s3/bucket"), res("ecr/repository", forceDelete=False)],
        bad=[
            res("s3/bucket", forceDestroy=True),
            res("s3/vectorsVectorBucket", forceDestroy=True),
            res("ecr/repository", forceDelete=True),
            res("backup/vault", forceDestroy=True),
        ],
        unknown=[res("s3/bucket", forceDestroy=UNKNOWN)],
    ),
    cases(
        "secret-recovery-window",
        ok=[res("secretsmanager/secret"), res("secretsmanager/secret", recoveryWindowInDays=7)],
        bad=[res("secretsmanager/secret", recoveryWindowInDays=0)],
        unknown=[res("secretsmanager/secret", recoveryWindowInDays=UNKNOWN)],
    ),
]
