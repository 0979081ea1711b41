"""A bucket: access, TLS, encryption, lifecycle, CORS."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.bucket import Bucket
from components.data.store import StoreArgs
from preview.plan import Phase, PhaseName, Plan
from settings.data import buckets
from tests.recording import children, one, record

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
BASIC = [
    ("aws:s3/bucket:Bucket", "documents"),
    (LIFECYCLE, "documents-lifecycle"),
    ("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "documents-ownership"),
    (POLICY, "documents-policy"),
    ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "documents-public-access"),
    (
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "documents-encryption",
    ),
]


def bucket(*, protect: bool = True, **settings: Any) -> Plan:
    def program() -> None:
        args = StoreArgs(settings=buckets.Bucket(**settings), key_arn=pulumi.Output.from_input(KEY), protect=protect)
        documents = Bucket("documents", args)
        pulumi.export("name", documents.name)
        pulumi.export("arn", documents.arn)

    return record(program)


def rule(**lifecycle: Any) -> dict[str, Any]:
    (lifecycle_rule,) = one(bucket(lifecycle=lifecycle).phases["deployed"], LIFECYCLE).inputs["rules"]
    return lifecycle_rule


def statements(phase: Phase) -> dict[str, dict[str, Any]]:
    return {item["Sid"]: item for item in json.loads(one(phase, POLICY).inputs["policy"])["Statement"]}


@pytest.fixture(scope="module")
def plain() -> Plan:
    return bucket()


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plain: Plan, phase: PhaseName) -> None:
    assert children(plain.phases[phase]) == [*BASIC, (VERSIONING, "documents-versioning")]
    with_cors = bucket(versioned=False, cors={"origins": ["https://app.example.com"]})
    assert children(with_cors.phases[phase]) == sorted([*BASIC, (CORS, "documents-cors")])


def test_the_name_is_automatic_and_fits(plain: Plan) -> None:
    documents = one(plain.phases["deployed"], "aws:s3/bucket:Bucket")
    assert "bucket" not in documents.inputs
    assert len(documents.outputs["bucket"]) <= 63


def test_encrypted_with_the_given_key_and_a_bucket_key(plain: Plan) -> None:
    (encryption,) = one(plain.phases["deployed"], BASIC[5][0]).inputs["rules"]
    assert encryption["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}
    assert encryption["bucketKeyEnabled"] is True


def test_a_request_cannot_choose_another_encryption(plain: Plan) -> None:
    """`StringNotEquals` holds where the key is missing, too: without `Null`, a plain upload would be refused."""
    phase = plain.phases["deployed"]
    policy, arn = statements(phase), one(phase, "aws:s3/bucket:Bucket").outputs["arn"]
    algorithm = "s3:x-amz-server-side-encryption"
    assert {sid: policy[sid]["Condition"] for sid in ("NoOtherAlgorithm", "NoOtherKey", "NoKeyOfTheCaller")} == {
        "NoOtherAlgorithm": {"Null": {algorithm: "false"}, "StringNotEquals": {algorithm: "aws:kms"}},
        "NoOtherKey": {
            "Null": {f"{algorithm}-aws-kms-key-id": "false"},
            "StringNotEquals": {f"{algorithm}-aws-kms-key-id": KEY},
        },
        "NoKeyOfTheCaller": {"Null": {f"{algorithm}-customer-algorithm": "false"}},
    }
    for sid in ("NoOtherAlgorithm", "NoOtherKey", "NoKeyOfTheCaller"):
        item = policy[sid]
        assert (item["Effect"], item["Principal"], item["Action"]) == ("Deny", "*", ["s3:PutObject"])
        assert item["Resource"] == [f"{arn}/*"]


def test_new_tls_only(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    policy, arn = statements(phase), one(phase, "aws:s3/bucket:Bucket").outputs["arn"]
    assert policy["TlsOnly"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert policy["NoOldTls"]["Condition"] == {"NumericLessThan": {"s3:TlsVersion": "1.2"}}
    for sid in ("TlsOnly", "NoOldTls"):
        item = policy[sid]
        assert (item["Effect"], item["Principal"], item["Action"]) == ("Deny", "*", ["s3:*"])
        assert item["Resource"] == [arn, f"{arn}/*"]
    assert {item["Effect"] for item in policy.values()} == {"Deny"}


def test_private_and_without_acls(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    block = one(phase, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [block[flag] for flag in flags] == [True] * 4
    ownership = one(phase, "aws:s3/bucketOwnershipControls:BucketOwnershipControls")
    assert ownership.inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    assert not phase.of_type("aws:s3/bucketAcl:BucketAcl")


def test_who_waits_for_the_policy_waits_for_all(plain: Plan) -> None:
    """The policy after the public access block; a program that has the name writes nothing in the clear."""
    waits = {urn.rpartition("::")[2] for urn in one(plain.phases["preview"], POLICY).dependencies}
    assert {f"documents-{part}" for part in ("public-access", "ownership", "encryption", "versioning")} <= waits


def test_a_versioned_bucket_s_lifecycle_ends_old_versions_and_unfinished_uploads(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    assert one(phase, VERSIONING).inputs["versioningConfiguration"] == {"status": "Enabled"}
    assert one(phase, VERSIONING).urn in one(phase, LIFECYCLE).dependencies
    assert rule() == {
        "id": "keep",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "expiration": {"expiredObjectDeleteMarker": True},
        "noncurrentVersionExpiration": {"noncurrentDays": 90},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }


def test_versions_end_after_versioning_was_switched_off() -> None:
    phase = bucket(versioned=False).phases["deployed"]
    assert not phase.of_type(VERSIONING)
    (lifecycle_rule,) = one(phase, LIFECYCLE).inputs["rules"]
    assert lifecycle_rule["noncurrentVersionExpiration"] == {"noncurrentDays": 90}


def test_moves_and_expires() -> None:
    lifecycle_rule = rule(
        ia_after_days=30, archive_after_days=180, expire_after_days=3650, noncurrent_days=14, abort_multipart_days=3
    )
    assert lifecycle_rule["transitions"] == [
        {"days": 30, "storageClass": "STANDARD_IA"},
        {"days": 180, "storageClass": "GLACIER_IR"},
    ]
    # S3 refuses days beside expiredObjectDeleteMarker; with days, it removes the markers by itself.
    assert lifecycle_rule["expiration"] == {"days": 3650}
    assert lifecycle_rule["noncurrentVersionExpiration"] == {"noncurrentDays": 14}
    assert lifecycle_rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 3}
    flexible = rule(archive_after_days=1, archive="flexible")
    assert flexible["transitions"] == [{"days": 1, "storageClass": "GLACIER"}]


def test_cors() -> None:
    phase = bucket(cors={"origins": ["https://app.example.com"], "headers": ["content-type"]}).phases["deployed"]
    (cors_rule,) = one(phase, CORS).inputs["corsRules"]
    assert cors_rule == {
        "allowedOrigins": ["https://app.example.com"],
        "allowedMethods": ["GET", "PUT", "POST"],
        "allowedHeaders": ["content-type"],
        "exposeHeaders": ["ETag"],
        "maxAgeSeconds": 300,
    }


@pytest.mark.parametrize("protect", [True, False])
def test_deleted_with_its_objects_unless_protected(protect: bool) -> None:
    documents = one(bucket(protect=protect).phases["preview"], "aws:s3/bucket:Bucket")
    assert (documents.protect, documents.inputs["forceDestroy"]) == (protect, not protect)
