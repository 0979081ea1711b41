"""The guarantees of buckets and their logs that a rule of the policy pack watches."""

from __future__ import annotations

from typing import Any

from tests.program.guarantees import DashboardRow
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
    DashboardRow("s3-public-access-blocked", BUCKET, gone(BLOCK)),
    *(
        DashboardRow("s3-public-access-blocked", BUCKET, put(BLOCK, flag, False))
        for flag in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    ),
    DashboardRow("s3-public-access-blocked", LOGS, put(LOGS_BLOCK, "blockPublicPolicy", False)),
    DashboardRow("s3-no-public-acl", BUCKET, put(BUCKET, "acl", "public-read")),
    DashboardRow("s3-tls-only", BUCKET, gone(POLICY)),
    DashboardRow("s3-tls-only", BUCKET, _without(POLICY, "TlsOnly"), known=False),
    DashboardRow("s3-tls-only", LOGS, _without(LOGS_POLICY, "TlsOnly"), known=False),
    DashboardRow("s3-versioned", BUCKET, gone(VERSIONS)),
    DashboardRow("s3-versioned", BUCKET, put(VERSIONS, "versioningConfiguration.status", "Suspended")),
    DashboardRow("no-wildcard-principal", POLICY, document(POLICY, "policy", _open), known=False),
    DashboardRow("no-wildcard-principal", LOGS_POLICY, document(LOGS_POLICY, "policy", _open), known=False),
    DashboardRow("customer-managed-keys", BUCKET, gone(KEY)),
    DashboardRow("customer-managed-keys", BUCKET, drop(KEY, f"{DEFAULT}.kmsMasterKeyId")),
    DashboardRow("customer-managed-keys", BUCKET, put(KEY, f"{DEFAULT}.sseAlgorithm", "AES256")),
    DashboardRow("log-bucket-encryption", LOGS_KEY, put(LOGS_KEY, f"{DEFAULT}.sseAlgorithm", "aws:kms")),
    DashboardRow("no-forced-deletion", BUCKET, put(BUCKET, "forceDestroy", True)),
    DashboardRow("no-forced-deletion", LOGS, put(LOGS, "forceDestroy", True)),
    DashboardRow("required-tags", BUCKET, untag(BUCKET)),
    DashboardRow("no-hidden-protection", KEY, hide(KEY, "rules")),
    DashboardRow("no-hidden-protection", POLICY, hide(POLICY, "policy")),
)
