"""The guarantees of buckets and their logs that a rule of the policy pack watches."""

from __future__ import annotations

from typing import Any

from tests.program.guarantees import Row
from tests.program.mutations import Edit, document, drop, gone, hide, put, untag

__all__ = ["ROWS"]

BUCKET, BLOCK, POLICY, KEY, VERSIONS = (
    "s3/bucket::documents",
    "s3/bucketPublicAccessBlock::documents-public-access",
    "s3/bucketPolicy::documents-policy",
    "s3/bucketServerSideEncryptionConfiguration::documents-encryption",
    "s3/bucketVersioning::documents-versioning",
)
LOGS, LOGS_KEY, LOGS_BLOCK, LOGS_POLICY = (
    "s3/bucket::bucket-logs",
    "s3/bucketServerSideEncryptionConfiguration::bucket-logs-encryption",
    "s3/bucketPublicAccessBlock::bucket-logs-public-access",
    "s3/bucketPolicy::bucket-logs-policy",
)
DEFAULT = "rules[0].applyServerSideEncryptionByDefault"


def _without(policy: str, sid: str) -> Edit:
    def change(body: Any) -> None:
        kept = [item for item in body["Statement"] if item["Sid"] != sid]
        assert len(kept) < len(body["Statement"])
        body["Statement"] = kept

    return document(policy, "policy", change)


def _open(body: Any) -> None:
    body["Statement"].append({"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": ["*"]})


ROWS = (
    Row("s3-public-access-blocked", BUCKET, gone(BLOCK)),
    *(
        Row("s3-public-access-blocked", BUCKET, put(BLOCK, flag, False))
        for flag in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    ),
    Row("s3-public-access-blocked", LOGS, put(LOGS_BLOCK, "blockPublicPolicy", False)),
    Row("s3-no-public-acl", BUCKET, put(BUCKET, "acl", "public-read")),
    Row("s3-tls-only", BUCKET, gone(POLICY)),
    Row("s3-tls-only", BUCKET, _without(POLICY, "TlsOnly"), known=False),
    Row("s3-tls-only", LOGS, _without(LOGS_POLICY, "TlsOnly"), known=False),
    Row("s3-versioned", BUCKET, gone(VERSIONS)),
    Row("s3-versioned", BUCKET, put(VERSIONS, "versioningConfiguration.status", "Suspended")),
    Row("no-wildcard-principal", POLICY, document(POLICY, "policy", _open), known=False),
    Row("no-wildcard-principal", LOGS_POLICY, document(LOGS_POLICY, "policy", _open), known=False),
    Row("customer-managed-keys", BUCKET, gone(KEY)),
    Row("customer-managed-keys", BUCKET, drop(KEY, f"{DEFAULT}.kmsMasterKeyId")),
    Row("customer-managed-keys", BUCKET, put(KEY, f"{DEFAULT}.sseAlgorithm", "AES256")),
    Row("log-bucket-encryption", LOGS_KEY, put(LOGS_KEY, f"{DEFAULT}.sseAlgorithm", "aws:kms")),
    Row("no-forced-deletion", BUCKET, put(BUCKET, "forceDestroy", True)),
    Row("no-forced-deletion", LOGS, put(LOGS, "forceDestroy", True)),
    Row("required-tags", BUCKET, untag(BUCKET)),
    Row("no-hidden-protection", KEY, hide(KEY, "rules")),
    Row("no-hidden-protection", POLICY, hide(POLICY, "policy")),
)
