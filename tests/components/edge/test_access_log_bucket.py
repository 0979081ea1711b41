"""The bucket of access logs: who may write, encryption, lifecycle, deletion."""

from __future__ import annotations

import json

import pulumi
import pytest

from components.edge.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from components.edge.log_delivery import distribution_logs, load_balancer_logs
from preview.plan import PhaseName, Plan
from preview.wire import UNKNOWN
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"


def bucket(
    *, protect: bool = False, region: str = "us-west-2", partition: str = "aws", cloudfront: bool = False
) -> Plan:
    def program() -> None:
        logging_account = account(id=pulumi.Output.from_input(ACCOUNT), region=region, partition=partition)
        logs = AccessLogBucket(
            "logs",
            AccessLogBucketArgs(
                account=logging_account,
                delivery=(
                    distribution_logs(logging_account, region) if cloudfront else load_balancer_logs(logging_account)
                ),
                days=90,
                protect=protect,
            ),
        )
        pulumi.export("bucket", logs.bucket)
        pulumi.export("arn", logs.arn)

    return record(program, region=region)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return bucket()


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plain: Plan, phase: PhaseName) -> None:
    assert children(plain.phases[phase]) == [
        ("aws:s3/bucket:Bucket", "logs"),
        ("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "logs-lifecycle"),
        ("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "logs-ownership"),
        ("aws:s3/bucketPolicy:BucketPolicy", "logs-policy"),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs-public-access"),
        (
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            "logs-encryption",
        ),
        ("aws:s3/bucketVersioning:BucketVersioning", "logs-versioning"),
    ]


def test_encrypted_by_s3_since_load_balancers_support_no_kms_key(plain: Plan) -> None:
    encryption = one(
        plain.phases["deployed"],
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    )
    assert encryption.inputs["rules"] == [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]


def test_private(plain: Plan) -> None:
    inputs = one(plain.phases["preview"], "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [inputs[flag] for flag in flags] == [True] * 4
    ownership = one(plain.phases["preview"], "aws:s3/bucketOwnershipControls:BucketOwnershipControls")
    assert ownership.inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


def test_policy_allows_this_accounts_load_balancers_by_tls_only(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    arn = one(deployed, "aws:s3/bucket:Bucket").outputs["arn"]
    allow, *denies = json.loads(one(deployed, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])["Statement"]
    assert allow == {
        "Sid": "LogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]},
        "Action": ["s3:PutObject"],
        "Resource": [f"{arn}/AWSLogs/{ACCOUNT}/*"],
        "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:elasticloadbalancing:us-west-2:{ACCOUNT}:loadbalancer/*"}},
    }
    for deny in denies:
        assert (deny["Effect"], deny["Principal"], deny["Action"]) == ("Deny", "*", ["s3:*"])
        assert deny["Resource"] == [arn, f"{arn}/*"]
    assert [deny["Condition"] for deny in denies] == [
        {"Bool": {"aws:SecureTransport": "false"}},
        {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
    ]


def test_policy_allows_cloudfronts_delivery_exactly_as_aws_documents_it() -> None:
    deployed = bucket(region="us-east-1", cloudfront=True).phases["deployed"]
    allow = json.loads(one(deployed, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])["Statement"][0]
    assert allow["Principal"] == {"Service": ["delivery.logs.amazonaws.com"]}
    assert allow["Action"] == ["s3:PutObject"]
    assert allow["Condition"] == {
        "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:us-east-1:{ACCOUNT}:delivery-source:*"},
    }


def test_arn_is_known_only_once_the_policy_exists(plain: Plan) -> None:
    assert plain.phases["preview"].outputs["arn"] is UNKNOWN
    deployed = plain.phases["deployed"]
    assert deployed.outputs["arn"] == one(deployed, "aws:s3/bucket:Bucket").outputs["arn"]


def test_policy_uses_the_partition() -> None:
    deployed = bucket(region="us-gov-west-1", partition="aws-us-gov").phases["deployed"]
    policy = one(deployed, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"]
    assert "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1" in policy


def test_policy_depends_on_the_public_access_block(plain: Plan) -> None:
    phase = plain.phases["preview"]
    block = one(phase, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    assert block.urn in one(phase, "aws:s3/bucketPolicy:BucketPolicy").dependencies


def test_lifecycle_of_a_versioned_bucket(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    versioning = one(phase, "aws:s3/bucketVersioning:BucketVersioning")
    lifecycle = one(phase, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}
    assert versioning.urn in lifecycle.dependencies
    (rule,) = lifecycle.inputs["rules"]
    assert (rule["status"], rule["filter"], rule["expiration"]) == ("Enabled", {"prefix": ""}, {"days": 90})
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


@pytest.mark.parametrize("protect", [True, False])
def test_deleted_with_its_logs_unless_protected(protect: bool) -> None:
    logs = one(bucket(protect=protect).phases["preview"], "aws:s3/bucket:Bucket")
    assert (logs.protect, logs.inputs["forceDestroy"]) == (protect, not protect)
    assert "bucket" not in logs.inputs  # the name is automatic
