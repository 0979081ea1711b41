"""The bucket for Pulumi's state: access, encryption, retention of versions."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.state_bucket import StateBucket, StateBucketArgs
from preview.plan import Plan
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/00000000-0000-4000-8000-000000000000"
BUCKET = "aws:s3/bucket:Bucket"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def bucket(*, protect: bool = True) -> Plan:
    def program() -> None:
        args = StateBucketArgs(
            bucket_name="acme-state", account=account(), key_arn=KEY, noncurrent_days=90, protect=protect
        )
        bucket = StateBucket("state", args, pulumi.ResourceOptions(protect=protect))
        pulumi.export("name", bucket.name)

    return record(program)


@pytest.fixture(scope="module")
def protected() -> Plan:
    return bucket()


def statements(plan: Plan) -> dict[str, dict[str, Any]]:
    policy = json.loads(one(plan.phases["deployed"], POLICY).inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_children(protected: Plan) -> None:
    for phase in protected.phases.values():
        assert children(phase) == [
            (BUCKET, "state"),
            (LIFECYCLE, "state-lifecycle"),
            ("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "state-ownership"),
            (POLICY, "state-policy"),
            ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "state-public-access"),
            (
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                "state-encryption",
            ),
            ("aws:s3/bucketVersioning:BucketVersioning", "state-versioning"),
        ]
        assert one(phase, BUCKET).inputs["bucket"] == "acme-state"
        assert phase.outputs["name"] == "acme-state" if phase.name == "deployed" else True


def test_private_versioned_and_encrypted_with_the_key(protected: Plan) -> None:
    phase = protected.phases["deployed"]
    inputs = {record.name: record.inputs for record in phase.records if record.custom}
    assert inputs["state-versioning"]["versioningConfiguration"] == {"status": "Enabled"}
    assert inputs["state-ownership"]["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert all(inputs["state-public-access"][flag] is True for flag in flags)
    (rule,) = inputs["state-encryption"]["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}
    assert rule["bucketKeyEnabled"] is True


def test_policy(protected: Plan) -> None:
    policy = statements(protected)
    both = ["arn:aws:s3:::acme-state", "arn:aws:s3:::acme-state/*"]
    assert {sid: statement["Effect"] for sid, statement in policy.items()} == dict.fromkeys(policy, "Deny")
    assert all(statement["Principal"] == "*" for statement in policy.values())
    assert policy["TlsOnly"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    only_this_account = policy["OnlyThisAccount"]
    assert only_this_account["Condition"] == {
        "StringNotEquals": {"aws:PrincipalAccount": ACCOUNT},
        "Bool": {"aws:PrincipalIsAWSService": "false"},
    }
    assert (only_this_account["Action"], only_this_account["Resource"]) == (["s3:*"], both)
    keep_versions = policy["VersionsStay"]
    assert (keep_versions["Action"], keep_versions["Resource"]) == (["s3:DeleteObjectVersion", "s3:DeleteBucket"], both)
    assert "Condition" not in keep_versions
    assert policy["NoOtherKey"]["Condition"]["StringNotEquals"] == {
        "s3:x-amz-server-side-encryption-aws-kms-key-id": KEY
    }


def test_what_pulumi_does_is_not_denied(protected: Plan) -> None:
    """It lists, reads, writes and deletes objects; a deletion of a versioned object keeps its versions."""
    for statement in statements(protected).values():
        unconditional = set(statement["Action"]) if "Condition" not in statement else set()
        assert not unconditional & {"s3:*", "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"}


def test_retention_of_versions_and_the_newest_ten_of_a_stack(protected: Plan) -> None:
    lifecycle = one(protected.phases["deployed"], LIFECYCLE)
    rules = {rule["id"]: rule for rule in lifecycle.inputs["rules"]}
    assert {id_: rule["filter"]["prefix"] for id_, rule in rules.items()} == {
        "state": ".pulumi/stacks/",
        "history": ".pulumi/history/",
        "backups": ".pulumi/backups/",
        "locks": ".pulumi/locks/",
        "unfinished": "",
    }
    expirations = {id_: rule.get("noncurrentVersionExpiration") for id_, rule in rules.items()}
    assert expirations == {
        "state": {"noncurrentDays": 90, "newerNoncurrentVersions": 10},
        "history": {"noncurrentDays": 90},
        "backups": {"noncurrentDays": 90},
        "locks": {"noncurrentDays": 7},
        "unfinished": None,
    }
    # Current state never expires.
    assert all("days" not in rule.get("expiration", {}) for rule in rules.values())
    dependencies = {urn.rpartition("::")[2] for urn in lifecycle.dependencies}
    assert "state-versioning" in dependencies


def test_protected_with_its_configuration(protected: Plan) -> None:
    for phase in protected.phases.values():
        assert all(record.protect for record in phase.records if record.name.startswith("state"))
        assert one(phase, BUCKET).inputs["forceDestroy"] is False


def test_unprotected_it_can_be_emptied_and_deleted() -> None:
    plan = bucket(protect=False)
    state = one(plan.phases["deployed"], BUCKET)
    assert (state.protect, state.inputs["forceDestroy"]) == (False, True)
    assert "VersionsStay" not in statements(plan)
    assert {"TlsOnly", "OnlyThisAccount"} <= statements(plan).keys()
