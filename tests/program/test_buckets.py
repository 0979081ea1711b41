"""A whole stack with buckets: how they are joined, and that the strict profile passes on it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.guarantees_buckets import ROWS
from tests.program.mutations import Draft
from tests.program.test_dashboards import unpublished
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import container, document, of

FILE = SMALL
IMPORT = {
    "image": "example/import:1",
    "architecture": "arm64",
    "buckets": {"documents": "write"},
}
CASES = [(row, phase) for row in ROWS for phase in ("preview", "deployed") if row.known or phase == "deployed"]


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["buckets"] = {
            "documents": {
                "lifecycle": {"ia_after_days": 30, "archive_after_days": 180, "expire_after_days": 3650},
                "cors": {"origins": ["https://app.example.com"]},
                "notifications": {"queue": "jobs", "prefix": "uploads/", "suffix": ".pdf"},
            },
            "raw-pages": {"lifecycle": {"expire_after_days": 30}, "access_logs": False, "backup_plan": True},
        }
        areas["data"]["backup"] = {}
        areas["data"]["queues"] = {"jobs": {}, "other": {}}
        areas["compute"]["services"]["api"]["buckets"] = {"documents": "read-write", "raw-pages": "read"}
        areas["compute"]["tasks"] = {"import": IMPORT}
        areas["outputs"] |= {"bucket": "bucket.documents.name", "bucket_arn": "bucket.documents.arn"}

    return varied(FILE, change)


def granted(name: str) -> list[dict[str, Any]]:
    statements = document(of(extended(), ":RolePolicy", f"{name}-task-task-policy"), "policy")["Statement"]
    return [s for s in statements if any(action.startswith(("s3:", "kms:")) for action in s["Action"])]


def test_a_bucket_opens_no_network_path_of_its_own() -> None:
    expected = sorted([*PATHS[FILE], "import -> 0.0.0.0/0:443"])
    for phase in extended().phases.values():
        assert [str(path) for path in network_paths(phase)] == expected


def test_service_and_task_get_the_name_and_their_own_permissions() -> None:
    documents, pages = (of(extended(), "s3/bucket:Bucket", name).outputs for name in ("documents", "raw-pages"))
    environment = {entry["name"]: entry["value"] for entry in container(extended(), "api")["environment"]}
    assert environment["DOCUMENTS_BUCKET"] == documents["bucket"]
    assert environment["RAW_PAGES_BUCKET"] == pages["bucket"]
    objects = {tuple(s["Resource"]): s["Action"] for s in granted("api")}
    assert "s3:PutObject" in objects[(f"{documents['arn']}/*",)]
    assert objects[(f"{pages['arn']}/*",)] == ["s3:GetObject"]
    assert objects[(pages["arn"],)] == ["s3:ListBucket"]
    for_import = [action for statement in granted("import") for action in statement["Action"]]
    assert "s3:PutObject" in for_import
    assert not {"s3:GetObject", "s3:ListBucket"} & set(for_import)


def test_the_data_key_encrypts_them() -> None:
    key = of(extended(), "kms/key:Key", "data").outputs["arn"]
    for name in ("documents", "raw-pages"):
        (rule,) = of(extended(), ":BucketServerSideEncryptionConfiguration", f"{name}-encryption").inputs["rules"]
        assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == key


def test_only_what_is_logged_is_logged() -> None:
    (logging,) = extended().phases["deployed"].of_type("aws:s3/bucketLogging:BucketLogging")
    assert logging.inputs["bucket"] == of(extended(), "s3/bucket:Bucket", "documents").outputs["bucket"]
    assert logging.inputs["targetBucket"] == of(extended(), "s3/bucket:Bucket", "bucket-logs").outputs["bucket"]


def test_a_row_for_each_bucket_with_its_two_daily_metrics() -> None:
    widgets = [w["properties"] for w in json.loads(of(extended(), ":Dashboard").inputs["dashboardBody"])["widgets"]]
    at = next(i for i, w in enumerate(widgets) if w.get("markdown") == "## Bucket documents")
    size, objects, after = widgets[at + 1 : at + 4]
    name = of(extended(), "s3/bucket:Bucket", "documents").outputs["bucket"]
    assert after["markdown"] == "## Bucket raw-pages"
    assert (size["start"], objects["start"]) == ("-P30D", "-P30D")
    assert [line[:4] for line in objects["metrics"]] == [["AWS/S3", "NumberOfObjects", "BucketName", name]]
    assert {line[5] for line in size["metrics"]} == {
        "StandardStorage",
        "StandardIAStorage",
        "GlacierInstantRetrievalStorage",
    }
    assert unpublished(extended().phases["deployed"], FILE) == set()
    assert {line[-1]["period"] for line in (*size["metrics"], *objects["metrics"])} == {86400}


def test_s3_may_send_to_the_notified_queue_and_to_no_other() -> None:
    """Without the queue's policy, S3 refuses: unable to validate the following destination configurations."""
    told = of(extended(), "s3/bucketNotification:BucketNotification", "documents-notifications")
    bucket, queue = of(extended(), "s3/bucket:Bucket", "documents"), of(extended(), "sqs/queue:Queue", "jobs")
    assert told.inputs["bucket"] == bucket.outputs["bucket"]
    policy = of(extended(), "sqs/queuePolicy:QueuePolicy", "jobs-policy")
    assert policy.urn in told.dependencies
    (admitted,) = [s for s in document(policy, "policy")["Statement"] if s["Effect"] == "Allow"]
    assert admitted["Principal"] == {"Service": ["s3.amazonaws.com"]}
    assert admitted["Resource"] == [queue.outputs["arn"]]
    assert admitted["Condition"] == {
        "ArnEquals": {"aws:SourceArn": bucket.outputs["arn"]},
        "StringEquals": {"aws:SourceAccount": "123456789012"},
    }
    others = document(of(extended(), "sqs/queuePolicy:QueuePolicy", "other-policy"), "policy")["Statement"]
    assert {statement["Effect"] for statement in others} == {"Deny"}


def test_s3_may_use_the_key_of_the_queue_only_where_a_bucket_notifies() -> None:
    def principals(plan: Plan) -> set[str]:
        body = document(of(plan, "kms/key:Key", "data"), "policy")
        return {name for statement in body["Statement"] for name in statement["Principal"].get("Service", [])}

    assert "s3.amazonaws.com" in principals(extended())
    assert "s3.amazonaws.com" not in principals(planned(FILE))


def test_a_bucket_in_the_backup_plan_tells_the_event_bus_and_no_queue() -> None:
    told = of(extended(), "s3/bucketNotification:BucketNotification", "raw-pages-notifications").inputs
    assert told["eventbridge"] is True
    assert "queues" not in told
    selected = of(extended(), ":Selection").inputs["resources"]
    assert selected == [of(extended(), "s3/bucket:Bucket", "raw-pages").outputs["arn"]]
    assert (
        "eventbridge"
        not in of(extended(), "s3/bucketNotification:BucketNotification", "documents-notifications").inputs
    )


def test_outputs() -> None:
    outputs, made = extended().phases["deployed"].outputs, of(extended(), "s3/bucket:Bucket", "documents").outputs
    assert (outputs["bucket"], outputs["bucket_arn"]) == (made["bucket"], made["arn"])


def test_what_stood_before_stays_as_it_is() -> None:
    before, after = (plan.phases["deployed"].by_urn() for plan in (planned(FILE), extended()))
    assert set(before) < set(after)
    changed = {before[urn].name for urn in before if before[urn].inputs != after[urn].inputs}
    asked = {f"queries-{what}" for what in ("errors", "one-request", "slowest-requests")}
    assert changed == {"api-task", "dashboard", "data"} | asked


def test_without_a_way_to_the_internet_the_gateway_is_enough() -> None:
    """S3 itself asks KMS, so no interface endpoint is needed."""

    def change(areas: dict[str, Any]) -> None:
        image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1"
        areas["networking"] |= {"nat": "none", "egress": "aws-only"}
        areas["data"]["buckets"] = {"documents": {}}
        areas["compute"]["services"]["api"] |= {"image": image, "buckets": {"documents": "read-write"}}

    phase = varied(FILE, change).phases["deployed"]
    endpoints = {
        r.inputs["serviceName"].partition("us-east-1.")[2] for r in phase.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
    }
    assert endpoints == {"s3", "ecr.api", "ecr.dkr", "logs", "secretsmanager"}
    assert "api -> prefix list:443" in [str(path) for path in network_paths(phase)]


@pytest.mark.parametrize(("row", "name"), CASES, ids=[f"{row.rule}-{i}-{name}" for i, (row, name) in enumerate(CASES)])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}
