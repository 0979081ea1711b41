"""Task definitions: separate least-privilege roles, architecture, log group, volumes of ECS Exec."""

from __future__ import annotations

import json
import re
from typing import Any

import pulumi
import pytest
from pydantic import ValidationError

from components.compute.task_definition import TaskDefinition
from preview.plan import Phase, Plan
from settings.compute.fargate import SIZES, memory_fault
from tests.components.compute.service_plans import ACCOUNT, DEFINITION, SECRET, service_settings, task_args
from tests.recording import children, one, record

GROUP = "aws:cloudwatch/logGroup:LogGroup"
ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/rolePolicy:RolePolicy"


def task_plan(settings: dict[str, Any] | None = None, **others: Any) -> Plan:
    def program() -> None:
        component = TaskDefinition("api-task", task_args(service_settings(**(settings or {})), **others))
        pulumi.export("arn", component.arn)
        pulumi.export("log_group", component.log_group_name)
        pulumi.export("dependencies", [resource.urn for resource in component.dependencies])

    return record(program)


def statements(phase: Phase, role: str) -> list[tuple[list[str], list[str]]]:
    """Actions and resources of each statement of a role's policy."""
    policy = json.loads(one(phase, POLICY, f"api-task-{role}-policy").inputs["policy"])
    assert {statement["Effect"] for statement in policy["Statement"]} == {"Allow"}
    return [(statement["Action"], statement["Resource"]) for statement in policy["Statement"]]


@pytest.fixture(scope="module")
def plain() -> Plan:
    return task_plan()


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert children(phase) == [
            (GROUP, "api-task-logs"),
            (DEFINITION, "api-task"),
            (ROLE, "api-task-execution"),
            (ROLE, "api-task-task"),
            (POLICY, "api-task-execution-policy"),
            (POLICY, "api-task-task-policy"),
        ]


def test_code_that_needs_nothing_has_no_policy() -> None:
    phase = task_plan(task_permissions=[]).phases["deployed"]
    assert [name for type_, name in children(phase) if type_ == POLICY] == ["api-task-execution-policy"]


def test_the_execution_role_reads_exactly_the_named_secrets_and_writes_exactly_this_log(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    group = one(phase, GROUP).outputs["arn"]
    assert statements(phase, "execution") == [
        (["secretsmanager:GetSecretValue"], [SECRET]),
        (["logs:CreateLogStream", "logs:PutLogEvents"], [f"{group}:*"]),
    ]


def test_the_task_role_has_nothing_of_the_execution_role(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    assert statements(phase, "task") == [(["s3:GetObject"], ["arn:aws:s3:::files/*"])]
    definition = one(phase, DEFINITION).inputs
    roles = {name: one(phase, ROLE, f"api-task-{name}").outputs["arn"] for name in ("execution", "task")}
    assert (definition["executionRoleArn"], definition["taskRoleArn"]) == (roles["execution"], roles["task"])
    assert roles["execution"] != roles["task"]


def test_only_tasks_of_this_account_assume_the_roles(plain: Plan) -> None:
    for phase in plain.phases.values():
        for role in phase.of_type(ROLE):
            (statement,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
            assert statement["Principal"] == {"Service": ["ecs-tasks.amazonaws.com"]}
            assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_dependencies_are_the_roles_policies(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    assert sorted(phase.outputs["dependencies"]) == sorted(record.urn for record in phase.of_type(POLICY))


def test_fargate(plain: Plan) -> None:
    for phase in plain.phases.values():
        inputs = one(phase, DEFINITION).inputs
        assert inputs["requiresCompatibilities"] == ["FARGATE"]
        assert inputs["networkMode"] == "awsvpc"
        assert (inputs["cpu"], inputs["memory"]) == ("256", "512")
        assert inputs["family"] == "test-api"
        assert inputs["skipDestroy"] is True  # a rollback needs the earlier revisions
        assert not {"volumes", "pidMode", "ipcMode", "ephemeralStorage"} & inputs.keys()


@pytest.mark.parametrize(("architecture", "ecs_architecture"), [("arm64", "ARM64"), ("x86_64", "X86_64")])
def test_architecture_is_explicit(architecture: str, ecs_architecture: str) -> None:
    for phase in task_plan({"architecture": architecture}).phases.values():
        assert one(phase, DEFINITION).inputs["runtimePlatform"] == {
            "cpuArchitecture": ecs_architecture,
            "operatingSystemFamily": "LINUX",
        }


@pytest.mark.parametrize("cpu", SIZES)
def test_fargate_cpu_and_memory_matrix(cpu: int) -> None:
    """AWS's own table, as first size, last size and step; every other size is refused."""
    ranges = {
        256: (512, 2048, None),
        512: (1024, 4096, 1024),
        1024: (2048, 8192, 1024),
        2048: (4096, 16384, 1024),
        4096: (8192, 30720, 1024),
        8192: (16384, 61440, 4096),
        16384: (32768, 122880, 8192),
    }
    first, last, step = ranges[cpu]
    for memory in (first, last) if step is None else range(first, last + 1, step):
        assert service_settings(cpu=cpu, memory=memory).memory == memory
    for memory in (first - 1, first + 1, last + 1, first // 2, last * 2):
        assert re.match(
            rf"{memory} MiB does not go with cpu {cpu} .*; nearest is \d+$", memory_fault(cpu, memory) or ""
        )
        with pytest.raises(ValidationError):
            service_settings(cpu=cpu, memory=memory)


def test_log_group(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert one(phase, GROUP).inputs == {"name": "/test/service/api", "retentionInDays": 30}
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
    assert one(task_plan(log_key_arn=key).phases["preview"], GROUP).inputs["kmsKeyId"] == key
    container = json.loads(one(plain.phases["deployed"], DEFINITION).inputs["containerDefinitions"])[0]
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/test/service/api"


def test_a_container_that_logs_depends_on_its_log_group(plain: Plan) -> None:
    definition = one(plain.phases["preview"], DEFINITION)
    sources = {urn.rpartition("::")[2] for urn in definition.property_dependencies["containerDefinitions"]}
    assert "api-task-logs" in sources


def test_json_is_stable(plain: Plan) -> None:
    """A change of the text makes a new revision, even if its meaning is the same."""
    text = one(plain.phases["deployed"], DEFINITION).inputs["containerDefinitions"]
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    reordered = task_plan(environment={"A": "1", "B": "2"}).phases["deployed"]
    assert one(reordered, DEFINITION).inputs["containerDefinitions"] == text


def test_exec() -> None:
    phase = task_plan({"exec": True}).phases["deployed"]
    definition = one(phase, DEFINITION).inputs
    volumes = {volume["name"] for volume in definition["volumes"]}
    container = json.loads(definition["containerDefinitions"])[0]
    assert volumes == {point["sourceVolume"] for point in container["mountPoints"]}
    assert all(set(volume) == {"name"} for volume in definition["volumes"])
    channels = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ]
    assert (channels, ["*"]) in statements(phase, "task")
    assert "ssmmessages" not in json.dumps(statements(phase, "execution"))


@pytest.mark.parametrize("exec_", [True, False])
def test_what_is_typed_in_a_session_is_logged(exec_: bool) -> None:
    """ECS Exec writes a transcript to the container's log group with the task role, or none where it may not."""
    phase = task_plan({"exec": exec_}).phases["deployed"]
    granted = {
        action: resources
        for actions, resources in statements(phase, "task")
        for action in actions
        if action.startswith("logs:")
    }
    group = one(phase, "aws:cloudwatch/logGroup:LogGroup").outputs["arn"]
    writes = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
    own = {action: [f"{group}:*"] for action in writes}
    assert granted == ({"logs:DescribeLogGroups": ["*"], **own} if exec_ else {})


def test_without_exec_there_are_no_channels(plain: Plan) -> None:
    assert "ssmmessages" not in json.dumps(statements(plain.phases["deployed"], "task"))
