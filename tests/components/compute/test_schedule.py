"""Schedules: time, permissions, the dead-letter queue, and never on Spot."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pulumi
import pytest

from components.compute.schedule import Schedule, ScheduleArgs
from components.compute.schedule_group import ScheduleGroup, ScheduleGroupArgs
from components.compute.standalone_task import StandaloneTask, StandaloneTaskArgs
from preview.plan import Phase, Plan
from settings.compute.schedules import ScheduledTask
from settings.compute.tasks import Task
from tests.accounts import account
from tests.components.compute.tasks import definition_args
from tests.recording import children, one, record

ACCOUNT = "123456789012"
CLUSTER = f"arn:aws:ecs:us-east-1:{ACCOUNT}:cluster/test"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
SCHEDULE = "aws:scheduler/schedule:Schedule"
NIGHTLY = {"task": "cleanup", "cron": "0  3 * * ? *", "timezone": "Europe/Berlin", "command": ["clean", "--all"]}


@cache
def schedule_plan(settings_json: str = json.dumps(NIGHTLY), *, exec_: bool = False) -> Plan:
    def program() -> None:
        task = StandaloneTask(
            "cleanup",
            StandaloneTaskArgs(
                task=definition_args(
                    "cleanup", Task.model_validate({"image": "example/a:1", "architecture": "arm64", "exec": exec_})
                ),
                cluster_name="test",
                cluster_arn=CLUSTER,
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
            ),
        )
        group = ScheduleGroup("schedules", ScheduleGroupArgs(key_arn=KEY))
        component = Schedule(
            "nightly",
            ScheduleArgs(
                settings=ScheduledTask.model_validate(json.loads(settings_json)),
                run_task_target=task.run_task_target,
                group=group,
                account=account(),
            ),
        )
        pulumi.export("name", component.name)

    return record(program)


def deployed(**changes: Any) -> Phase:
    settings = {key: value for key, value in {**NIGHTLY, **changes}.items() if value is not None}
    return schedule_plan(json.dumps(settings)).phases["deployed"]


def inputs(**changes: Any) -> dict[str, Any]:
    return one(deployed(**changes), SCHEDULE).inputs


def statements(phase: Phase) -> list[dict[str, Any]]:
    return json.loads(one(phase, "aws:iam/rolePolicy:RolePolicy", "nightly-role-policy").inputs["policy"])["Statement"]


def statement_allowing(phase: Phase, action: str) -> dict[str, Any]:
    (statement,) = [statement for statement in statements(phase) if action in statement["Action"]]
    return statement


def test_children() -> None:
    for phase in schedule_plan().phases.values():
        assert [child for child in children(phase) if not child[1].startswith("cleanup")] == [
            ("aws:iam/role:Role", "nightly-role"),
            ("aws:iam/rolePolicy:RolePolicy", "nightly-role-policy"),
            (SCHEDULE, "nightly"),
            ("aws:scheduler/scheduleGroup:ScheduleGroup", "schedules"),
            ("aws:sqs/queue:Queue", "schedules-failed"),
            ("aws:sqs/queuePolicy:QueuePolicy", "schedules-failed-policy"),
        ]


def test_time() -> None:
    schedule = inputs()
    assert schedule["scheduleExpression"] == "cron(0 3 * * ? *)"
    assert schedule["scheduleExpressionTimezone"] == "Europe/Berlin"
    assert schedule["flexibleTimeWindow"] == {"mode": "OFF"}
    assert schedule["state"] == "ENABLED"
    assert inputs(enabled=False)["state"] == "DISABLED"
    assert inputs(window_minutes=15)["flexibleTimeWindow"] == {"mode": "FLEXIBLE", "maximumWindowInMinutes": 15}


@pytest.mark.parametrize(
    ("every", "expression", "seconds"),
    [
        ({"hours": 6}, "rate(6 hours)", 3600),
        ({"hours": 1}, "rate(1 hour)", 3600),
        ({"minutes": 1}, "rate(1 minute)", 60),
        ({"minutes": 10}, "rate(10 minutes)", 600),
        ({"days": 1}, "rate(1 day)", 3600),
    ],
)
def test_every(every: dict[str, int], expression: str, seconds: int) -> None:
    """A run is not retried after the next one is due."""
    schedule = inputs(every=every, cron=None, timezone=None)
    assert schedule["scheduleExpression"] == expression
    assert schedule["target"]["retryPolicy"] == {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": seconds}


def test_the_newest_revision_of_the_family() -> None:
    """A new revision, whoever registers it, does not change the schedule."""
    for phase in schedule_plan().phases.values():
        assert one(phase, SCHEDULE).inputs["target"]["ecsParameters"]["taskDefinitionArn"] == (
            f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/test-cleanup"
        )


def test_on_fargate_never_on_spot_in_private_subnets() -> None:
    phase = deployed()
    parameters = one(phase, SCHEDULE).inputs["target"]["ecsParameters"]
    assert parameters["launchType"] == "FARGATE"
    assert "capacityProviderStrategies" not in parameters
    assert parameters["networkConfiguration"] == {
        "subnets": ["subnet-a", "subnet-b"],
        "securityGroups": [one(phase, "aws:ec2/securityGroup:SecurityGroup").id],
        "assignPublicIp": False,
    }
    assert (parameters["taskCount"], parameters["platformVersion"]) == (1, "LATEST")
    assert (parameters["propagateTags"], parameters["enableEcsManagedTags"]) == ("TASK_DEFINITION", True)
    assert parameters["enableExecuteCommand"] is False
    with_exec = one(schedule_plan(exec_=True).phases["deployed"], SCHEDULE).inputs["target"]["ecsParameters"]
    assert with_exec["enableExecuteCommand"] is True


def test_a_command_of_its_own() -> None:
    assert json.loads(inputs()["target"]["input"]) == {
        "containerOverrides": [{"name": "cleanup", "command": ["clean", "--all"]}]
    }
    assert "input" not in inputs(command=None)["target"]


def test_the_role_may_run_this_task_on_this_cluster() -> None:
    """IAM checks the newest revision, so a family without a revision would grant nothing."""
    phase = deployed()
    assert statement_allowing(phase, "ecs:RunTask") == {
        "Effect": "Allow",
        "Action": ["ecs:RunTask"],
        "Resource": [f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/test-cleanup:*"],
        "Condition": {"ArnEquals": {"ecs:cluster": CLUSTER}},
    }
    tagging = statement_allowing(phase, "ecs:TagResource")
    assert tagging["Resource"] == [f"arn:aws:ecs:us-east-1:{ACCOUNT}:task/test/*"]
    assert tagging["Condition"] == {"StringEquals": {"ecs:CreateAction": "RunTask"}}


def test_the_role_passes_exactly_the_tasks_two_roles_to_ecs() -> None:
    phase = deployed()
    roles = [one(phase, "aws:iam/role:Role", f"cleanup-task-{role}").outputs["arn"] for role in ("execution", "task")]
    assert statement_allowing(phase, "iam:PassRole")["Resource"] == roles
    assert statement_allowing(phase, "iam:PassRole")["Condition"] == {
        "StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
    }


def test_no_confused_deputy() -> None:
    phase = deployed()
    (trust,) = json.loads(one(phase, "aws:iam/role:Role", "nightly-role").inputs["assumeRolePolicy"])["Statement"]
    group = one(phase, "aws:scheduler/scheduleGroup:ScheduleGroup")
    assert trust["Principal"] == {"Service": ["scheduler.amazonaws.com"]}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": group.outputs["arn"]}}
    assert f":schedule-group/{group.outputs['name']}" in group.outputs["arn"]


def test_failed_runs_are_kept_encrypted() -> None:
    phase = deployed()
    queue = one(phase, "aws:sqs/queue:Queue")
    assert queue.inputs["kmsMasterKeyId"] == KEY
    assert queue.inputs["messageRetentionSeconds"] == 14 * 24 * 3600
    assert not queue.inputs.get("fifoQueue")
    schedule = one(phase, SCHEDULE).inputs
    assert schedule["target"]["deadLetterConfig"] == {"arn": queue.outputs["arn"]}
    assert schedule["kmsKeyArn"] == KEY
    assert statement_allowing(phase, "sqs:SendMessage")["Resource"] == [queue.outputs["arn"]]
    assert statement_allowing(phase, "kms:Decrypt")["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert statement_allowing(phase, "kms:Decrypt")["Resource"] == [KEY]
    assert len(statements(phase)) == 5


def test_the_queue_is_reached_by_tls_only() -> None:
    phase = deployed()
    policy = one(phase, "aws:sqs/queuePolicy:QueuePolicy").inputs
    (statement,) = json.loads(policy["policy"])["Statement"]
    assert policy["queueUrl"] == one(phase, "aws:sqs/queue:Queue").outputs["url"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_it_waits_for_what_a_run_needs() -> None:
    """A run fails before the role has its policy, or before the family exists."""
    phase = deployed()
    names = {phase.by_urn()[urn].name for urn in one(phase, SCHEDULE).dependencies}
    assert {"nightly-role-policy", "cleanup-task", "cleanup-task-execution-policy"} <= names
