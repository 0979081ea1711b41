"""What AWS does not delete, by the inputs that a resource has.

The rule is AWS's, from the API's own documentation (botocore 1.44): the operation is named. What the provider sends is
in the delete function of terraform-provider-aws, `internal/service/`, which is named, too. A distribution has to be
disabled first (DistributionNotDisabled), which the provider does itself: cloudfront/distribution.go,
resourceDistributionDelete; a KMS key is never deleted at once, its deletion is scheduled (ScheduleKeyDeletion).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CONTENTS", "FINAL_SNAPSHOTS", "GUARDS", "Contents"]


class Contents(NamedTuple):
    """What a resource holds, and the property with which the provider deletes that, too."""

    holds: str
    unless: str
    source: str


GUARDS = ("deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection")
"""Protections of AWS's own, of whatever type, which are on if true, or ACTIVE.

RDS CreateDBInstance, DeletionProtection; ELBv2 DeleteLoadBalancer; DynamoDB CreateTable, DeletionProtectionEnabled;
Cognito CreateUserPool, DeletionProtection; CloudWatch Logs CreateLogGroup, deletionProtectionEnabled. None of their
providers' delete functions turns it off, but for an instance of RDS whose state says that it is off.
"""

CONTENTS: dict[str, Contents] = {
    "aws:backup/vault:Vault": Contents(
        "recovery points", "forceDestroy", "Backup DeleteBackupVault; backup/vault.go, resourceVaultDelete"
    ),
    "aws:ecr/repository:Repository": Contents(
        "images", "forceDelete", "ECR DeleteRepository; ecr/repository.go, resourceRepositoryDelete"
    ),
    "aws:s3/bucket:Bucket": Contents("objects", "forceDestroy", "S3 DeleteBucket; s3/bucket.go, resourceBucketDelete"),
    "aws:servicediscovery/service:Service": Contents(
        "registered instances",
        "forceDestroy",
        "Cloud Map DeleteService; servicediscovery/service.go, resourceServiceDelete",
    ),
}
"""By type: AWS refuses to delete such a resource unless it is empty."""

FINAL_SNAPSHOTS = frozenset({"aws:rds/instance:Instance"})
"""Types whose deletion needs the name of a final snapshot, unless `skipFinalSnapshot`: RDS DeleteDBInstance,
FinalDBSnapshotIdentifier; rds/instance.go, resourceInstanceDelete, which sends no request without one."""
