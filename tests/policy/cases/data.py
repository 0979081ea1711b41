"""Fixtures of encryption, backup and deletion rules."""

from policy.guardrails import UNKNOWN
from tests.policy.support import R, cases

KEY = R("kms/key", "key", enableKeyRotation=True)
ARN = "arn:aws:kms:us-east-1:111122223333:key/1234"
BUCKET = R("s3/bucket")


def keyed(kind, prop, value, **more):
    return [KEY, R(kind, deps={prop.partition(".")[0]: [KEY]}, **{prop: value}, **more)]


def bucket_sse(algorithm, **more):
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, **more}}
    return R(
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
        return R(kind, engine=engine, engineVersion=version)
    group = R(group_kind, "group", family=family, parameters=parameters)
    return [group, R(kind, engine=engine, engineVersion=version, deps={prop: [group]}, **{prop: UNKNOWN})]


FORCE = [{"name": "rds.force_ssl", "value": "1"}]
OFF = [{"name": "rds.force_ssl", "value": "0"}]
ALB_LOGS = R(
    "lb/loadBalancer", "alb", accessLogs={"bucket": UNKNOWN, "enabled": True}, deps={"accessLogs": [BUCKET]}
)

CASES = [
    cases(
        "rds-storage-encrypted",
        ok=[
            R("rds/instance", storageEncrypted=True),
            R("rds/cluster", storageEncrypted=True),
            R("rds/cluster", engineMode="serverless"),
            [
                R("rds/instance", "source", storageEncrypted=True),
                R(
                    "rds/instance",
                    replicateSourceDb=UNKNOWN,
                    deps={"replicateSourceDb": [R("rds/instance", "source")]},
                ),
            ],
        ],
        bad=[R("rds/instance"), R("rds/instance", storageEncrypted=False), R("rds/cluster")],
        unknown=[R("rds/instance", storageEncrypted=UNKNOWN), R("rds/instance", snapshotIdentifier="snap")],
    ),
    cases(
        "elasticache-encrypted-at-rest",
        ok=[
            R("elasticache/replicationGroup", atRestEncryptionEnabled=True),
            R("elasticache/replicationGroup", engine="valkey"),
        ],
        bad=[
            R("elasticache/replicationGroup"),
            R("elasticache/replicationGroup", engine="valkey", atRestEncryptionEnabled=False),
        ],
        unknown=[
            R("elasticache/replicationGroup", atRestEncryptionEnabled=UNKNOWN),
            R("elasticache/replicationGroup", engine=UNKNOWN),
        ],
    ),
    cases(
        "opensearch-encrypted-at-rest",
        ok=[R("opensearch/domain", encryptAtRest={"enabled": True})],
        bad=[R("opensearch/domain"), R("aws:elasticsearch/domain:Domain", encryptAtRest={"enabled": False})],
        unknown=[R("opensearch/domain", encryptAtRest=UNKNOWN)],
    ),
    cases(
        "efs-encrypted",
        ok=[R("efs/fileSystem", encrypted=True)],
        bad=[R("efs/fileSystem")],
        unknown=[R("efs/fileSystem", encrypted=UNKNOWN)],
    ),
    cases(
        "ebs-encrypted",
        ok=[
            R("ebs/volume", encrypted=True),
            R("ec2/instance", rootBlockDevice={"encrypted": True}),
            R("ec2/launchTemplate", blockDeviceMappings=[{"ebs": {"encrypted": "true"}}]),
            R("ec2/instance", launchTemplate={"id": "lt-1"}),
            [R("ebs/volume"), R("ebs/encryptionByDefault", "account", enabled=True)],
        ],
        bad=[
            R("ebs/volume"),
            R("ec2/instance"),
            R("ec2/instance", rootBlockDevice={"encrypted": True}, ebsBlockDevices=[{"encrypted": False}]),
            R("ec2/launchTemplate"),
            R("ec2/launchTemplate", blockDeviceMappings=[{"ebs": {"encrypted": "false"}}]),
            [R("ebs/volume"), R("ebs/encryptionByDefault", "account", enabled=False)],
        ],
        unknown=[R("ebs/volume", encrypted=UNKNOWN), R("ebs/volume", snapshotId="snap-1")],
    ),
    cases(
        "sqs-encrypted",
        ok=[R("sqs/queue"), R("sqs/queue", kmsMasterKeyId="alias/aws/sqs", sqsManagedSseEnabled=False)],
        bad=[R("sqs/queue", sqsManagedSseEnabled=False)],
        unknown=[R("sqs/queue", sqsManagedSseEnabled=UNKNOWN)],
    ),
    cases(
        "sns-encrypted",
        ok=[R("sns/topic", kmsMasterKeyId="alias/mine"), keyed("sns/topic", "kmsMasterKeyId", UNKNOWN)],
        bad=[R("sns/topic")],
        unknown=[R("sns/topic", kmsMasterKeyId=UNKNOWN)],
    ),
    cases(
        "eks-secrets-encrypted",
        ok=[
            R("eks/cluster", encryptionConfig={"provider": {"keyArn": ARN}, "resources": ["secrets"]}),
            keyed(
                "eks/cluster", "encryptionConfig", {"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]}
            ),
        ],
        bad=[
            R("eks/cluster"),
            R("eks/cluster", encryptionConfig={"provider": {"keyArn": ARN}, "resources": []}),
        ],
        unknown=[
            R("eks/cluster", encryptionConfig={"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]})
        ],
    ),
    cases(
        "kms-key-rotation",
        ok=[
            R("kms/key", enableKeyRotation=True),
            R("kms/key", customerMasterKeySpec="RSA_2048", keyUsage="SIGN_VERIFY"),
        ],
        bad=[R("kms/key"), R("kms/key", enableKeyRotation=False)],
        unknown=[R("kms/key", enableKeyRotation=UNKNOWN)],
    ),
    cases(
        "customer-managed-keys",
        ok=[
            R("rds/instance", kmsKeyId=ARN),
            keyed("rds/instance", "kmsKeyId", UNKNOWN),
            keyed("dynamodb/table", "serverSideEncryption", {"enabled": True, "kmsKeyArn": UNKNOWN}),
            keyed(
                "ecr/repository", "encryptionConfigurations", [{"encryptionType": "KMS", "kmsKey": UNKNOWN}]
            ),
            [BUCKET, bucket_sse("aws:kms", kmsMasterKeyId=ARN)],
            [BUCKET, bucket_sse("AES256"), ALB_LOGS],
            R("ssm/parameter", type="String"),
            R("ssm/parameter", type="SecureString", keyId=ARN),
        ],
        bad=[
            R("rds/instance"),
            R("rds/instance", kmsKeyId="alias/aws/rds"),
            R("rds/cluster"),
            R("elasticache/replicationGroup"),
            R("elasticache/serverlessCache"),
            R("dynamodb/table", serverSideEncryption={"enabled": True}),
            R("opensearch/domain"),
            R("efs/fileSystem"),
            R("ebs/volume"),
            R("backup/vault"),
            R("secretsmanager/secret"),
            R("sns/topic"),
            R("sqs/queue"),
            R("cloudwatch/logGroup"),
            R("ecr/repository"),
            R("eks/cluster"),
            R("lambda/function"),
            R("bedrock/agentAgent"),
            R("s3/vectorsVectorBucket"),
            R("s3/bucket"),
            [BUCKET, bucket_sse("AES256")],
            R("ssm/parameter", type="SecureString"),
        ],
        unknown=[R("rds/instance", kmsKeyId=UNKNOWN), [BUCKET, bucket_sse(UNKNOWN)]],
    ),
    cases(
        "rds-tls-required",
        ok=[
            database("postgres", "16"),
            database("postgres", "14", FORCE, "postgres14"),
            database("aurora-postgresql", "15.4", FORCE, "aurora-postgresql15", "rds/cluster"),
            database("mysql", "8.0", [{"name": "require_secure_transport", "value": "ON"}], "mysql8.0"),
            R("rds/instance", engine="oracle-ee"),
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
            R("rds/instance", engine="postgres", engineVersion="16", parameterGroupName="elsewhere"),
        ],
    ),
    cases(
        "rds-proxy-tls-required",
        ok=[R("rds/proxy", requireTls=True)],
        bad=[R("rds/proxy")],
        unknown=[R("rds/proxy", requireTls=UNKNOWN)],
    ),
    cases(
        "elasticache-encrypted-in-transit",
        ok=[R("elasticache/replicationGroup", transitEncryptionEnabled=True)],
        bad=[
            R("elasticache/replicationGroup"),
            R(
                "elasticache/replicationGroup",
                transitEncryptionEnabled=True,
                transitEncryptionMode="preferred",
            ),
        ],
        unknown=[R("elasticache/replicationGroup", transitEncryptionEnabled=UNKNOWN)],
    ),
    cases(
        "elasticache-authenticated",
        ok=[
            R("elasticache/replicationGroup", authToken="0123456789abcdef"),
            R("elasticache/replicationGroup", userGroupIds=["group"]),
        ],
        bad=[R("elasticache/replicationGroup")],
        unknown=[R("elasticache/replicationGroup", userGroupIds=UNKNOWN)],
    ),
    cases(
        "opensearch-encrypted-in-transit",
        ok=[
            R(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07",
                },
            )
        ],
        bad=[
            R("opensearch/domain"),
            R(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07",
                },
            ),
        ],
        unknown=[
            R("opensearch/domain", nodeToNodeEncryption={"enabled": True}, domainEndpointOptions=UNKNOWN)
        ],
    ),
    cases(
        "api-domain-tls",
        ok=[R("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_2"})],
        bad=[R("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_0"})],
        unknown=[R("apigatewayv2/domainName", domainNameConfiguration=UNKNOWN)],
    ),
    cases(
        "sns-subscription-https",
        ok=[R("sns/topicSubscription", protocol="https"), R("sns/topicSubscription", protocol="sqs")],
        bad=[R("sns/topicSubscription", protocol="http")],
        unknown=[R("sns/topicSubscription", protocol=UNKNOWN)],
    ),
    cases(
        "certificate-key-strength",
        ok=[R("acm/certificate"), R("acm/certificate", keyAlgorithm="EC_prime256v1")],
        bad=[R("acm/certificate", keyAlgorithm="RSA_1024")],
        unknown=[R("acm/certificate", keyAlgorithm=UNKNOWN)],
    ),
    cases(
        "rds-backups",
        ok=[
            R("rds/instance", backupRetentionPeriod=7),
            R("rds/cluster", backupRetentionPeriod=14.0),
            R("rds/instance", replicateSourceDb="main"),
        ],
        bad=[R("rds/instance"), R("rds/instance", backupRetentionPeriod=3), R("rds/cluster")],
        unknown=[R("rds/instance", backupRetentionPeriod=UNKNOWN)],
    ),
    cases(
        "dynamodb-point-in-time-recovery",
        ok=[R("dynamodb/table", pointInTimeRecovery={"enabled": True})],
        bad=[R("dynamodb/table")],
        unknown=[R("dynamodb/table", pointInTimeRecovery=UNKNOWN)],
    ),
    cases(
        "elasticache-backups",
        ok=[R("elasticache/replicationGroup", snapshotRetentionLimit=1)],
        bad=[R("elasticache/replicationGroup"), R("elasticache/serverlessCache", snapshotRetentionLimit=0)],
        unknown=[R("elasticache/replicationGroup", snapshotRetentionLimit=UNKNOWN)],
    ),
    cases(
        "efs-backups",
        ok=[
            [
                R("efs/fileSystem"),
                R(
                    "efs/backupPolicy",
                    "policy",
                    fileSystemId=UNKNOWN,
                    backupPolicy={"status": "ENABLED"},
                    deps={"fileSystemId": [R("efs/fileSystem")]},
                ),
            ],
            [
                R("efs/fileSystem"),
                R("backup/selection", "plan", resources=[UNKNOWN], deps={"resources": [R("efs/fileSystem")]}),
            ],
        ],
        bad=[R("efs/fileSystem")],
        unknown=[
            [
                R("efs/fileSystem"),
                R("backup/selection", "plan", resources=["arn:aws:elasticfilesystem:*:*:*"]),
            ],
        ],
    ),
    cases(
        "deletion-protection",
        ok=[
            R("rds/instance", deletionProtection=True),
            R("cognito/userPool", deletionProtection="ACTIVE"),
            R("lb/loadBalancer", enableDeletionProtection=True),
        ],
        bad=[
            R("rds/instance"),
            R("rds/cluster", deletionProtection=False),
            R("dynamodb/table"),
            R("lb/loadBalancer"),
            R("eks/cluster"),
            R("cognito/userPool", deletionProtection="INACTIVE"),
        ],
        unknown=[R("rds/instance", deletionProtection=UNKNOWN)],
    ),
    cases(
        "final-snapshot",
        ok=[R("rds/instance", finalSnapshotIdentifier="last"), R("rds/instance", replicateSourceDb="main")],
        bad=[R("rds/instance", skipFinalSnapshot=True), R("rds/cluster", skipFinalSnapshot=True)],
        unknown=[R("rds/instance", skipFinalSnapshot=UNKNOWN)],
    ),
    cases(
        "no-forced-deletion",
        ok=[R("s3/bucket"), R("ecr/repository", forceDelete=False)],
        bad=[
            R("s3/bucket", forceDestroy=True),
            R("s3/vectorsVectorBucket", forceDestroy=True),
            R("ecr/repository", forceDelete=True),
            R("backup/vault", forceDestroy=True),
        ],
        unknown=[R("s3/bucket", forceDestroy=UNKNOWN)],
    ),
    cases(
        "secret-recovery-window",
        ok=[R("secretsmanager/secret"), R("secretsmanager/secret", recoveryWindowInDays=7)],
        bad=[R("secretsmanager/secret", recoveryWindowInDays=0)],
        unknown=[R("secretsmanager/secret", recoveryWindowInDays=UNKNOWN)],
    ),
]
