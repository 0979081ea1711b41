"""The bucket for server access logs: who may write, encryption, prefixes, retention, deletion."""

from __future__ import annotations

import json

import pulumi
import pytest

from components.data.bucket_logs import BucketLogs, BucketLogsArgs, LogSource
from preview.plan import PhaseName, Plan
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"
LOGGING = "aws:s3/bucketLogging:BucketLogging"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
SOURCES = {"documents": 90, "reports": 14}


def logs(*, protect: bool = False) -> Plan:
    def program() -> None:
        sources = {
            name: LogSource(name=f"{name}-1", arn=pulumi.Output.from_input(f"arn:aws:s3:::{name}-1"), days=days)
            for name, days in SOURCES.items()
        }
        args = BucketLogsArgs(sources=sources, account=account(), protect=protect)
        pulumi.export("name", BucketLogs("logs", args).name)

    return record(program)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return logs()


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plain: Plan, phase: PhaseName) -> None:
    assert children(plain.phases[phase]) == [
        ("aws:s3/bucket:Bucket", "logs"),
        ("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "logs-lifecycle"),
        (LOGGING, "logs-of-documents"),
        (LOGGING, "logs-of-reports"),
        ("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "logs-ownership"),
        (POLICY, "logs-policy"),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs-public-access"),
        (
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            "logs-encryption",
        ),
        ("aws:s3/bucketVersioning:BucketVersioning", "logs-versioning"),
    ]


def test_s3_writes_for_these_buckets_of_this_account_only(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    arn = one(deployed, "aws:s3/bucket:Bucket").outputs["arn"]
    allow, *denies = json.loads(one(deployed, POLICY).inputs["policy"])["Statement"]
    assert allow == {
        "Sid": "LogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": ["logging.s3.amazonaws.com"]},
        "Action": ["s3:PutObject"],
        "Resource": [f"{arn}/documents/*", f"{arn}/reports/*"],
        "Condition": {
            "ArnLike": {"aws:SourceArn": ["arn:aws:s3:::documents-1", "arn:aws:s3:::reports-1"]},
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
        },
    }
    assert [deny["Sid"] for deny in denies] == ["TlsOnly", "NoOldTls"]


def test_encrypted_by_s3_s_own_keys(plain: Plan) -> None:
    kind = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (rule,) = one(plain.phases["deployed"], kind).inputs["rules"]
    assert rule == {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}


def test_each_source_logs_below_its_name_after_the_policy(plain: Plan) -> None:
    phase = plain.phases["preview"]
    for source in SOURCES:
        logging = one(phase, LOGGING, f"logs-of-{source}")
        assert (logging.inputs["bucket"], logging.inputs["targetPrefix"]) == (f"{source}-1", f"{source}/")
        assert logging.inputs["targetObjectKeyFormat"] == {"partitionedPrefix": {"partitionDateSource": "EventTime"}}
        assert one(phase, POLICY).urn in logging.property_dependencies["targetBucket"]
    name = plain.phases["deployed"].outputs["name"]
    assert {record.inputs["targetBucket"] for record in plain.phases["deployed"].of_type(LOGGING)} == {name}


def test_each_source_has_its_retention(plain: Plan) -> None:
    kind = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    rules = one(plain.phases["deployed"], kind).inputs["rules"]
    assert {(r["id"], r["filter"]["prefix"], r["expiration"]["days"]) for r in rules} == {
        ("documents", "documents/", 90),
        ("reports", "reports/", 14),
    }
    for rule in rules:
        assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
        assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


@pytest.mark.parametrize("protect", [True, False])
def test_deleted_with_its_logs_unless_protected(protect: bool) -> None:
    bucket = one(logs(protect=protect).phases["preview"], "aws:s3/bucket:Bucket")
    assert (bucket.protect, bucket.inputs["forceDestroy"]) == (protect, not protect)


def test_without_sources_it_is_refused() -> None:
    with pytest.raises(ValueError, match="without sources logs nothing"):
        BucketLogsArgs(sources={}, account=account(), protect=False)
