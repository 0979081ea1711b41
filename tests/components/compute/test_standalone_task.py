"""Standalone tasks: all that RunTask needs, and no ECS service."""

from __future__ import annotations

import pulumi

from components.compute.standalone_task import StandaloneTask, StandaloneTaskArgs
from preview.plan import Plan
from settings.compute.tasks import Task
from tests.components.compute.tasks import containers, definition_args, task_definition
from tests.recording import children, one, record

SETTINGS = {"image": "example/migrate:1", "architecture": "arm64", "command": ["migrate"]}


def task_plan() -> Plan:
    def program() -> None:
        task = StandaloneTask(
            "migration",
            StandaloneTaskArgs(
                task=definition_args("migration", Task.model_validate(SETTINGS)),
                cluster_name="test",
                cluster_arn="arn:aws:ecs:us-east-1:123456789012:cluster/test",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
            ),
        )
        pulumi.export("run", task.run)
        pulumi.export("port", task.peer.port or 0)

    return record(program)


def test_children_without_a_service() -> None:
    for phase in task_plan().phases.values():
        assert children(phase) == [
            ("aws:cloudwatch/logGroup:LogGroup", "migration-task-logs"),
            ("aws:ec2/securityGroup:SecurityGroup", "migration-group"),
            ("aws:ecs/taskDefinition:TaskDefinition", "migration-task"),
            ("aws:iam/role:Role", "migration-task-execution"),
            ("aws:iam/role:Role", "migration-task-task"),
            ("aws:iam/rolePolicy:RolePolicy", "migration-task-execution-policy"),
        ]


def test_a_family_of_its_own_and_no_port() -> None:
    phase = task_plan().phases["deployed"]
    assert task_definition(phase).inputs["family"] == "test-migration"
    container = containers(phase)[0]
    assert container["command"] == ["migrate"]
    assert not {"portMappings", "healthCheck"} & container.keys()
    assert container["stopTimeout"] == 120
    assert phase.outputs["port"] == 0


def test_run_holds_what_run_task_needs() -> None:
    phase = task_plan().phases["deployed"]
    assert phase.outputs["run"] == {
        "cluster": "test",
        "task_definition": task_definition(phase).outputs["arn"],
        "family": "test-migration",
        "container": "migration",
        "subnets": ["subnet-a", "subnet-b"],
        "security_groups": [one(phase, "aws:ec2/securityGroup:SecurityGroup").id],
        "log_group": "/test/service/migration",
        "exec": False,
    }
    assert not phase.output_secrets
