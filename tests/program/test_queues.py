"""A whole stack with queues: who gets what to send and receive, and that the strict profile passes on it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.guarantees_queues import ROWS
from tests.program.mutations import Draft
from tests.program.test_dashboards import bodies, unpublished
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.stacks import SMALL, varied
from tests.systems.lines import container, document, of

FILE = SMALL


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["queues"] = {"jobs": {"visibility_timeout_s": 900}, "letters": {"fifo": True}}
        compute = areas["compute"]
        compute["services"]["api"]["sends_to"] = ["jobs"]
        compute["services"]["worker"] = {
            "image": "public.ecr.aws/docker/library/busybox:1.37",
            "architecture": "arm64",
            "consumes": ["jobs"],
            "sends_to": ["jobs", "letters"],
            "request_timeout_s": 600,
            "replicas": {"min": 0, "max": 5, "backlog_per_task": 20},
        }
        compute["tasks"] = {"refill": {"image_from": "api", "architecture": "arm64", "sends_to": ["jobs"]}}
        areas["outputs"] |= {
            "jobs_url": "queue.jobs.url",
            "jobs_arn": "queue.jobs.arn",
            "jobs_dead_letter_url": "queue.jobs.dead_letter_url",
        }

    return varied(FILE, change)


def queue(name: str) -> dict[str, Any]:
    return of(extended(), "sqs/queue:Queue", name).outputs


def environment(name: str) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in container(extended(), name).get("environment", ())}


def may(workload: str) -> dict[str, set[str]]:
    """Resource -> what the task's role may do with it."""
    found: dict[str, set[str]] = {}
    for statement in document(of(extended(), ":RolePolicy", f"{workload}-task-task-policy"), "policy")["Statement"]:
        for resource in statement["Resource"]:
            found.setdefault(resource, set()).update(statement["Action"])
    return found


SEND = {"sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"}
CONSUME = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"}


def test_each_gets_the_urls_of_its_queues() -> None:
    jobs, letters = queue("jobs")["url"], queue("letters-first-in-first-out")["url"]
    assert environment("api")["JOBS_QUEUE_URL"] == jobs
    assert "LETTERS_QUEUE_URL" not in environment("api")
    assert environment("worker") == {"JOBS_QUEUE_URL": jobs, "LETTERS_QUEUE_URL": letters}
    assert environment("refill")["JOBS_QUEUE_URL"] == jobs


def test_each_may_do_what_it_says_and_no_more() -> None:
    jobs, letters = queue("jobs")["arn"], queue("letters-first-in-first-out")["arn"]
    key = of(extended(), "kms/key:Key", "data").outputs["arn"]
    assert may("api") == may("refill") == {jobs: SEND, key: {"kms:GenerateDataKey", "kms:Decrypt"}}
    assert may("worker") == {jobs: SEND | CONSUME, letters: SEND, key: {"kms:GenerateDataKey", "kms:Decrypt"}}


def test_queues_open_no_path() -> None:
    """SQS is reached like any AWS service."""
    more = ["refill -> 0.0.0.0/0:443", "worker -> 0.0.0.0/0:443"]
    for phase in extended().phases.values():
        assert [str(path) for path in network_paths(phase)] == sorted([*PATHS[FILE], *more])


def test_encrypted_with_the_data_key_and_protected() -> None:
    key = of(extended(), "kms/key:Key", "data").outputs["arn"]
    for record in extended().phases["deployed"].of_type("aws:sqs/queue:Queue"):
        assert record.inputs["kmsMasterKeyId"] == key
        assert record.protect


def test_outputs() -> None:
    outputs = extended().phases["deployed"].outputs
    assert outputs["jobs_url"] == queue("jobs")["url"]
    assert outputs["jobs_arn"] == queue("jobs")["arn"]
    assert outputs["jobs_dead_letter_url"] == queue("jobs-dead-letter-queue")["url"]


def test_watched() -> None:
    names = {record.name for record in extended().phases["deployed"].records}
    assert {f"{queue}-alarms-{what}" for queue in ("jobs", "letters") for what in ("age", "dead-letters")} <= names


def test_drawn_and_published() -> None:
    phase = extended().phases["deployed"]
    (body,) = bodies(phase).values()
    drawn_titles = [widget["properties"].get("markdown") for widget in body["widgets"]]
    assert {"## Queue jobs", "## Queue letters"} <= set(drawn_titles)
    marks = {
        widget["properties"]["title"]: widget["properties"]["annotations"]["horizontal"]
        for widget in body["widgets"]
        if widget["properties"].get("title") in ("Messages for each task", "Age of the oldest", "Dead letters")
    }
    assert {title: [line["value"] for line in lines] for title, lines in marks.items()} == {
        "Messages for each task": [20],
        "Age of the oldest": [1800],
        "Dead letters": [1],
    }
    assert unpublished(phase, FILE) == set()


def test_scaled_by_the_queues_that_it_consumes() -> None:
    tracking = of(extended(), ":Policy", "worker-scaling-backlog").inputs["targetTrackingScalingPolicyConfiguration"]
    queues = {
        dimension["value"]
        for metric in tracking["customizedMetricSpecification"]["metrics"]
        for dimension in metric.get("metricStat", {}).get("metric", {}).get("dimensions", ())
        if dimension["name"] == "QueueName"
    }
    assert queues == {queue("jobs")["name"]}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    if name == "preview" and not row.known:
        return
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}
