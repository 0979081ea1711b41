"""`ignoreChanges`: it must not hide a property that the other rules check."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Context, Outcome, Rule, violation
from ..types import normalise

WATCHED = {
    "rds/instance": (
        "storageEncrypted",
        "kmsKeyId",
        "publiclyAccessible",
        "dbSubnetGroupName",
        "deletionProtection",
    ),
    "rds/cluster": ("storageEncrypted", "kmsKeyId", "dbSubnetGroupName", "deletionProtection"),
    "rds/clusterInstance": ("publiclyAccessible",),
    "rds/proxy": ("requireTls", "vpcSubnetIds"),
    "elasticache/replicationGroup": (
        "atRestEncryptionEnabled",
        "transitEncryptionEnabled",
        "transitEncryptionMode",
        "kmsKeyId",
    ),
    "elasticache/serverlessCache": ("kmsKeyId", "subnetIds", "userGroupId"),
    "elasticache/user": ("accessString", "authenticationMode", "noPasswordRequired"),
    "opensearch/domain": (
        "encryptAtRest",
        "nodeToNodeEncryption",
        "domainEndpointOptions",
        "vpcOptions",
        "accessPolicies",
    ),
    "dynamodb/table": ("serverSideEncryption", "deletionProtectionEnabled"),
    "efs/fileSystem": ("encrypted", "kmsKeyId"),
    "ebs/volume": ("encrypted", "kmsKeyId"),
    "ec2/instance": (
        "rootBlockDevice",
        "ebsBlockDevices",
        "metadataOptions",
        "associatePublicIpAddress",
        "subnetId",
    ),
    "ec2/launchTemplate": ("blockDeviceMappings", "metadataOptions"),
    "ec2/securityGroup": ("ingress",),
    "vpc/securityGroupIngressRule": ("cidrIpv4", "cidrIpv6"),
    "s3/bucket": ("serverSideEncryptionConfiguration", "acl", "policy"),
    "s3/bucketServerSideEncryptionConfiguration": ("rules",),
    "s3/bucketPublicAccessBlock": (
        "blockPublicAcls",
        "blockPublicPolicy",
        "ignorePublicAcls",
        "restrictPublicBuckets",
    ),
    "s3/bucketPolicy": ("policy",),
    "sqs/queue": ("kmsMasterKeyId", "sqsManagedSseEnabled"),
    "sns/topic": ("kmsMasterKeyId",),
    "secretsmanager/secret": ("kmsKeyId",),
    "ssm/parameter": ("type", "keyId"),
    "kms/key": ("enableKeyRotation", "policy"),
    "eks/cluster": ("encryptionConfig", "vpcConfig"),
    "lb/listener": ("protocol", "sslPolicy", "certificateArn"),
    "cloudfront/distribution": ("viewerCertificate", "defaultCacheBehavior"),
    "ecs/service": ("networkConfiguration",),
    "iam/role": ("assumeRolePolicy", "inlinePolicies", "managedPolicyArns"),
    "iam/policy": ("policy",),
    "iam/rolePolicy": ("policy",),
}


def _hidden(ctx: Context) -> Iterator[Outcome]:
    watched = WATCHED[normalise(ctx.resource.type)]
    for entry in ctx.resource.ignore_changes:
        prop = str(entry).partition(".")[0].partition("[")[0]
        if prop == "*" or prop in watched:
            yield violation(f"ignoreChanges hides {prop}, so changes made outside the program are not detected")


RULES = (
    Rule(
        id="no-hidden-protection",
        title="ignoreChanges hides no encryption, placement or access property",
        severity="medium",
        fix="Remove the property from ignoreChanges.",
        types=tuple(WATCHED),
        check=_hidden,
    ),
)
