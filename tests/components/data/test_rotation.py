"""Rotation: the event pattern, the redeployed services, and the permissions."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.rotation import RedeployOnRotation, RedeployOnRotationArgs
from preview.plan import Plan
from tests.accounts import account
from tests.components.observability.events import matches
from tests.recording import children, one, record

ACCOUNT = "123456789012"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:rds!db-1a2b-AbCdEf"
CLUSTER = f"arn:aws:ecs:us-east-1:{ACCOUNT}:cluster/cluster"
SERVICES = {name: f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/cluster/{name}" for name in ("worker", "api")}
MACHINE = "aws:sfn/stateMachine:StateMachine"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/rolePolicy:RolePolicy"


def args(**overrides: Any) -> RedeployOnRotationArgs:
    values: dict[str, Any] = {
        "database": "main",
        "secret_arn": SECRET,
        "cluster_arn": CLUSTER,
        "service_arns": SERVICES,
        "account": account(),
        **overrides,
    }
    return RedeployOnRotationArgs(**values)


@pytest.fixture(scope="module")
def plan() -> Plan:
    def program() -> None:
        rotation = RedeployOnRotation("main-rotated", args(secret_arn=pulumi.Output.from_input(SECRET)))
        pulumi.export("failures", dict(rotation.monitoring.failures.dimensions))

    return record(program)


def statements(plan: Plan, name: str) -> list[dict[str, Any]]:
    return json.loads(one(plan.phases["deployed"], POLICY, name).inputs["policy"])["Statement"]


def test_children_without_a_function(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert children(phase) == [
            (RULE, "main-rotated-rule"),
            (TARGET, "main-rotated-target"),
            (ROLE, "main-rotated-runner"),
            (ROLE, "main-rotated-starter"),
            (POLICY, "main-rotated-runner-policy"),
            (POLICY, "main-rotated-starter-policy"),
            (MACHINE, "main-rotated"),
        ]


def test_the_event_is_cloudtrails_and_of_this_secret_only(plan: Plan) -> None:
    pattern = json.loads(one(plan.phases["deployed"], RULE).inputs["eventPattern"])
    assert pattern == {
        "source": ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail", "AWS API Call via CloudTrail"],
        "detail": {
            "eventSource": ["secretsmanager.amazonaws.com"],
            "eventName": ["RotationSucceeded", "RotationFailed", "RotationAbandoned"],
            "additionalEventData": {"SecretId": [SECRET]},
        },
    }


def test_each_service_gets_a_new_deployment(plan: Plan) -> None:
    machine = one(plan.phases["deployed"], MACHINE)
    parallel = json.loads(machine.inputs["definition"])["States"]["Services"]
    tasks = [next(iter(branch["States"].values())) for branch in parallel["Branches"]]
    assert (parallel["Type"], parallel["End"]) == ("Parallel", True)
    assert [task["Parameters"] for task in tasks] == [
        {"Cluster": CLUSTER, "Service": SERVICES[name], "ForceNewDeployment": True} for name in ("api", "worker")
    ]
    assert {task["Resource"] for task in tasks} == {"arn:aws:states:::aws-sdk:ecs:updateService"}


@pytest.mark.parametrize("event", ["RotationFailed", "RotationAbandoned"])
def test_a_rotation_that_failed_is_an_execution_that_fails(plan: Plan, event: str) -> None:
    wanted = json.loads(one(plan.phases["deployed"], RULE).inputs["eventPattern"])
    assert matches(wanted, rotation(event))
    assert ends(plan, rotation(event)) == "Fail"


@pytest.mark.parametrize("event", [{}, {"detail": {}}, {"detail": {"eventName": "RotationSucceeded"}}])
def test_a_rotation_that_succeeded_redeploys_and_so_does_a_start_by_hand(plan: Plan, event: dict[str, Any]) -> None:
    assert ends(plan, event) == "Parallel"


@pytest.mark.parametrize("event", ["RotationStarted", "TestRotationFailed", "PutSecretValue"])
def test_other_events_start_nothing(plan: Plan, event: str) -> None:
    assert not matches(json.loads(one(plan.phases["deployed"], RULE).inputs["eventPattern"]), rotation(event))


def rotation(name: str) -> dict[str, Any]:
    """As CloudTrail records it, and EventBridge passes it on."""
    return {
        "source": "aws.secretsmanager",
        "detail-type": "AWS Service Event via CloudTrail",
        "detail": {
            "eventSource": "secretsmanager.amazonaws.com",
            "eventName": name,
            "additionalEventData": {"SecretId": SECRET},
        },
    }


def ends(plan: Plan, event: dict[str, Any]) -> str:
    """The type of the state that an execution with this input ends in."""
    definition = json.loads(one(plan.phases["deployed"], MACHINE).inputs["definition"])
    choice = definition["States"][definition["StartAt"]]
    (rule,) = choice["Choices"]
    present, other = rule["And"]
    assert (choice["Type"], present) == ("Choice", {"Variable": "$.detail.eventName", "IsPresent": True})
    assert set(other["Not"]) == {"Variable", "StringEquals"}
    name = event.get("detail", {}).get("eventName")
    failed = name is not None and name != other["Not"]["StringEquals"]
    return definition["States"][rule["Next"] if failed else choice["Default"]]["Type"]


def test_retries_for_longer_than_an_express_machine_may_run(plan: Plan) -> None:
    machine = one(plan.phases["deployed"], MACHINE)
    branch = json.loads(machine.inputs["definition"])["States"]["Services"]["Branches"][0]
    (retry,) = branch["States"]["Redeploy api"]["Retry"]
    retry_period_s = sum(retry["IntervalSeconds"] * retry["BackoffRate"] ** i for i in range(retry["MaxAttempts"]))
    assert retry_period_s > 1800
    assert machine.inputs["type"] == "STANDARD"


def test_roles_may_do_this_and_nothing_else(plan: Plan) -> None:
    machine = one(plan.phases["deployed"], MACHINE)
    assert statements(plan, "main-rotated-runner-policy") == [
        {"Effect": "Allow", "Action": ["ecs:UpdateService"], "Resource": [SERVICES["api"], SERVICES["worker"]]}
    ]
    assert statements(plan, "main-rotated-starter-policy") == [
        {"Effect": "Allow", "Action": ["states:StartExecution"], "Resource": [machine.outputs["arn"]]}
    ]
    for name, service in (("runner", "states"), ("starter", "events")):
        role = one(plan.phases["deployed"], ROLE, f"main-rotated-{name}")
        (trust,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
        assert trust["Principal"] == {"Service": [f"{service}.amazonaws.com"]}
        assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_the_rule_starts_the_machine(plan: Plan) -> None:
    phase = plan.phases["deployed"]
    target, machine = one(phase, TARGET).inputs, one(phase, MACHINE)
    assert target["arn"] == machine.outputs["arn"]
    assert target["rule"] == one(phase, RULE).outputs["name"]
    assert target["roleArn"] == one(phase, ROLE, "main-rotated-starter").outputs["arn"]
    assert machine.inputs["roleArn"] == one(phase, ROLE, "main-rotated-runner").outputs["arn"]
    assert phase.outputs["failures"] == {"StateMachineArn": machine.outputs["arn"]}


def test_of_another_partition() -> None:
    plan = record(lambda: RedeployOnRotation("main-rotated", args(account=account(partition="aws-us-gov"))))
    definition = one(plan.phases["preview"], MACHINE).inputs["definition"]
    assert "arn:aws-us-gov:states:::aws-sdk:ecs:updateService" in definition


def test_without_services() -> None:
    with pytest.raises(ValueError, match="no service reads the secret"):
        args(service_arns={})
