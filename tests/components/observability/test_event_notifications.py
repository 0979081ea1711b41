"""Notices of events: which events they tell of, and what people read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.observability.event_notification import EventNotification, Message
from components.observability.event_notifications import (
    database_trouble,
    failed_backups,
    failed_copies,
    failed_deployments,
    failed_rotations,
    stopped_tasks,
)
from preview.plan import Plan
from tests.components.observability.events import matches, told
from tests.recording import children, one, record

TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/cluster-1a2b3c4"
VAULT = "arn:aws:backup:us-east-1:123456789012:backup-vault:prod-backup-vault-1a2b3c4"
COPIES = "arn:aws:backup:us-west-2:123456789012:backup-vault:prod-backup-copy-vault-1a2b3c4"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1a2b-AbCdEf"
OTHER = CLUSTER.replace("1a2b3c4", "1a2b3c4-other")
RULE, TARGET = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"


@pytest.fixture(scope="module")
def plan() -> Plan:
    def program() -> None:
        EventNotification("deployments", failed_deployments("prod", TOPIC, CLUSTER))
        EventNotification("tasks", stopped_tasks("prod", "us-east-1", TOPIC, CLUSTER))
        EventNotification("backups", failed_backups("prod", "us-east-1", TOPIC, VAULT))
        EventNotification("copies", failed_copies("prod", "us-east-1", TOPIC, COPIES))
        EventNotification("rotations", failed_rotations("prod", TOPIC, [SECRET]))
        EventNotification("databases", database_trouble("prod", TOPIC, ["prod-main", "prod-other"]))

    return record(program)


def pattern(plan: Plan, name: str) -> dict[str, Any]:
    text = one(plan.phases["deployed"], RULE, name).inputs["eventPattern"]
    assert len(text) <= 4096
    return json.loads(text)


def content(plan: Plan, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """What people read of an event, in the form that AWS's chat service asks for."""
    assert matches(pattern(plan, name), event)
    made = one(plan.phases["deployed"], TARGET, f"{name}-target").inputs["inputTransformer"]
    body = told(made["inputPaths"], made["inputTemplate"], event)
    assert (body["version"], body["source"]) == ("1.0", "custom")
    assert body["content"]["textType"] == "client-markdown"
    return body["content"]


def deployment(name: str = "SERVICE_DEPLOYMENT_FAILED", cluster: str = CLUSTER) -> dict[str, Any]:
    service = cluster.replace(":cluster/", ":service/") + "/api-5d6e7f8"
    reason = "ECS deployment circuit breaker: task failed to start."
    return {
        "source": "aws.ecs",
        "detail-type": "ECS Deployment State Change",
        "resources": [service],
        "detail": {"eventType": "ERROR", "eventName": name, "deploymentId": "ecs-svc/123", "reason": reason},
    }


def task(code: str, reason: str = "because", *exits: int, status: str = "STOPPED", **more: str) -> dict[str, Any]:
    return {
        "source": "aws.ecs",
        "detail-type": "ECS Task State Change",
        "time": "2026-11-21T02:00:00Z",
        "detail": {
            "clusterArn": CLUSTER,
            "taskArn": f"{CLUSTER.replace(':cluster/', ':task/')}/0123456789abcdef",
            "group": "service:api-5d6e7f8",
            "lastStatus": status,
            "stopCode": code,
            "stoppedReason": reason,
            "containers": [{"exitCode": number} for number in exits],
            **more,
        },
    }


def database(category: str, identifier: str = "prod-main") -> dict[str, Any]:
    return {
        "source": "aws.rds",
        "detail-type": "RDS DB Instance Event",
        "detail": {
            "EventCategories": [category],
            "SourceIdentifier": identifier,
            "Message": "Multi-AZ instance failover started.",
            "EventID": "RDS-EVENT-0013",
        },
    }


def backup(state: str, vault: str = VAULT, kind: str = "Backup Job State Change") -> dict[str, Any]:
    """As AWS documents it; a job that expired or was aborted need not have a text."""
    return {
        "source": "aws.backup",
        "detail-type": kind,
        "detail": {
            "backupJobId": "34176239-e96d-4e4e-9fad-529dbb3c3556",
            "copyJobId": "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
            "backupVaultArn": vault,
            "destinationBackupVaultArn": vault,
            "resourceArn": "arn:aws:rds:us-east-1:123456789012:db:prod-main",
            "state": state,
        },
    }


def copy(state: str, vault: str = COPIES) -> dict[str, Any]:
    return backup(state, vault, "Copy Job State Change")


@pytest.mark.parametrize("state", ["FAILED", "EXPIRED", "ABORTED", "PARTIAL"])
def test_backups_that_did_not_complete(plan: Plan, state: str) -> None:
    assert matches(pattern(plan, "backups"), backup(state))
    assert not matches(pattern(plan, "backups"), backup(state, VAULT + "-other"))
    assert not matches(pattern(plan, "backups"), copy(state, VAULT))


@pytest.mark.parametrize("state", ["CREATED", "PENDING", "RUNNING", "ABORTING", "COMPLETED"])
def test_backups_that_take_their_course(plan: Plan, state: str) -> None:
    assert not matches(pattern(plan, "backups"), backup(state))


def test_copies_that_failed(plan: Plan) -> None:
    wanted = pattern(plan, "copies")
    assert [matches(wanted, copy(state)) for state in ("FAILED", "PARTIAL", "RUNNING", "COMPLETED")] == [
        True,
        True,
        False,
        False,
    ]
    assert not matches(wanted, copy("FAILED", COPIES + "-other"))
    assert not matches(wanted, backup("FAILED", COPIES))


def test_a_backup_and_a_copy_in_words(plan: Plan) -> None:
    said = content(plan, "backups", backup("EXPIRED"))
    assert said["title"] == "prod: a backup did not complete, its state is EXPIRED"
    assert said["description"].endswith(":db:prod-main")
    assert said["nextSteps"][0].endswith("--region us-east-1 --backup-job-id 34176239-e96d-4e4e-9fad-529dbb3c3556")
    copied = content(plan, "copies", copy("FAILED"))
    assert copied["title"] == "prod: a backup was not copied to the other region, its state is FAILED"
    assert copied["nextSteps"][0].endswith("--copy-job-id 47C8EF56-74D8-059D-1301-C5BE1D5C926E")


def test_a_rotation_that_failed_in_words(plan: Plan) -> None:
    event = {
        "source": "aws.secretsmanager",
        "detail-type": "AWS Service Event via CloudTrail",
        "detail": {
            "eventSource": "secretsmanager.amazonaws.com",
            "eventName": "RotationFailed",
            "additionalEventData": {"SecretId": SECRET},
        },
    }
    said = content(plan, "rotations", event)
    assert said["title"] == "prod: a database's password was not rotated"
    assert said["nextSteps"][2].endswith(f"--secret-id {SECRET}")


def test_children(plan: Plan) -> None:
    for phase in plan.phases.values():
        names = ("backups", "copies", "databases", "deployments", "rotations", "tasks")
        assert children(phase) == [*((RULE, name) for name in names), *((TARGET, f"{name}-target") for name in names)]


def test_what_is_not_told_at_once_is_tried_for_an_hour(plan: Plan) -> None:
    for target in plan.phases["preview"].of_type(TARGET):
        assert target.inputs["retryPolicy"] == {"maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 185}
        assert target.inputs["arn"] == TOPIC
        assert "roleArn" not in target.inputs


def test_failed_deployments_of_this_cluster_alone(plan: Plan) -> None:
    wanted = pattern(plan, "deployments")
    assert matches(wanted, deployment())
    assert not matches(wanted, deployment(cluster=OTHER))
    assert not matches(wanted, deployment("SERVICE_DEPLOYMENT_COMPLETED"))


def test_a_failed_deployment_in_words(plan: Plan) -> None:
    said = content(plan, "deployments", deployment())
    assert said["title"] == "prod: a deployment failed"
    assert said["description"] == "ECS deployment circuit breaker: task failed to start."
    assert said["nextSteps"][0].endswith("cluster-1a2b3c4/api-5d6e7f8.")


@pytest.mark.parametrize(
    "event",
    [
        task("TaskFailedToStart"),
        task("EssentialContainerExited", "Essential container in task exited", 1, 0),
        task("EssentialContainerExited", "a service that ends by itself", 0),
        task("EssentialContainerExited", "a migration that fails", 0, 1, group="family:prod-migrate"),
        task("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group x)"),
        task("ServiceSchedulerInitiated", "Task failed container health checks"),
    ],
    ids=lambda event: event["detail"]["stoppedReason"],
)
def test_tasks_that_a_fault_stopped(plan: Plan, event: dict[str, Any]) -> None:
    assert matches(pattern(plan, "tasks"), event)


@pytest.mark.parametrize(
    "event",
    [
        task("TaskFailedToStart", "of another cluster", clusterArn=OTHER),
        task("TaskFailedToStart", "not yet stopped", status="DEPROVISIONING"),
        task("EssentialContainerExited", "a migration that is done", 0, 0, group="family:prod-migrate"),
        task("UserInitiated", "Task stopped by user", 143),
        task("SpotInterruption", "Your Spot Task was interrupted.", 143),
        task("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)", 143),
    ],
    ids=lambda event: event["detail"]["stoppedReason"],
)
def test_tasks_that_are_no_news(plan: Plan, event: dict[str, Any]) -> None:
    assert not matches(pattern(plan, "tasks"), event)


def test_a_reason_with_quotes_and_lines_breaks_nothing(plan: Plan) -> None:
    reason = 'CannotPullContainerError: "repo/app:1"\nnot \\found'
    said = content(plan, "tasks", task("TaskFailedToStart", reason))
    assert said["title"] == "prod: a task of service:api-5d6e7f8 stopped"
    assert said["description"] == reason
    assert f"--region us-east-1 --cluster {CLUSTER} --tasks arn:aws:ecs" in said["nextSteps"][1]


def test_databases(plan: Plan) -> None:
    wanted = pattern(plan, "databases")
    told_of = [c for c in ("failover", "failure", "recovery", "low storage") if matches(wanted, database(c))]
    assert len(told_of) == 4
    assert not any(matches(wanted, database(c)) for c in ("availability", "backup", "configuration change"))
    assert not matches(wanted, database("failover", "dev-main"))
    said = content(plan, "databases", database("failover"))
    assert (said["title"], said["description"]) == (
        "prod: the database prod-main",
        "Multi-AZ instance failover started.",
    )


def test_messages_that_eventbridge_or_slack_would_refuse() -> None:
    with pytest.raises(ValueError, match="calls a value reason"):
        Message(title="x", reason="$.detail.reason", next_steps=[], values={"reason": "$.time"})
    with pytest.raises(ValueError, match="too long"):
        Message(title="x" * 251, reason="$.detail.reason", next_steps=[])
    with pytest.raises(ValueError, match="too long"):
        Message(title="x", reason="$.detail.reason", next_steps=["x" * 8192])


def test_the_rule_says_what_it_is_for(plan: Plan) -> None:
    assert all(rule.inputs["description"] for rule in plan.phases["preview"].of_type(RULE))
