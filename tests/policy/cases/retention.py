"""Fixtures of backup and deletion rules."""

from policy.guardrails import UNKNOWN
from tests.policy.support import cases, res

CASES = [
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
