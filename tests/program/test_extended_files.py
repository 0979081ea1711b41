"""The same program with the small prod stack grown: a file system, a volume, a configuration file, a name, a task."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from preview.network_paths import network_paths
from preview.plan import Plan
from tests.program.test_program import PATHS
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import container, document, of

FILE = SMALL


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["file_systems"] = {"files": {"access_points": {"uploads": {"uid": 1000, "gid": 1000}}}}
        api = areas["compute"]["services"]["api"]
        api["volumes"] = [{"file_system": "files", "access_point": "uploads", "path": "/uploads", "read_only": True}]
        api["files"] = {"/etc/nginx/conf.d/default.conf": "server { listen 80; }\n"}
        api["discovery"] = True
        areas["compute"]["services"]["worker"] = {
            "image": "public.ecr.aws/docker/library/busybox:1.37",
            "architecture": "arm64",
            "port": 81,
            "connects_to": [{"to": "api", "env": {"API_URL": {"driver": "http"}}}],
            "volumes": [{"file_system": "files", "access_point": "uploads", "path": "/uploads"}],
        }
        areas["compute"]["tasks"] = {
            "migration": {
                "image_from": "api",
                "architecture": "arm64",
                "command": ["migrate"],
                "connects_to": ["main"],
                "secrets": {"SETUP_KEY": "setup-key"},
            }
        }
        api["publishes"] = "Shop/Production"
        areas["observability"]["custom_metrics"] = {
            "Shop/Production": {
                "metrics": {"Orders": {"chart": "Orders"}, "Failures": {"alarm": {"threshold": 3, "advice": "Look."}}}
            }
        }
        areas["outputs"] |= {"migrate": "task.migration.run", "files": "file_system.files.id"}

    return varied(FILE, change)


def test_paths() -> None:
    expected = sorted(
        [
            *PATHS[FILE],
            "api -> files:2049",
            "migration -> 0.0.0.0/0:443",
            "migration -> main:5432",
            "worker -> 0.0.0.0/0:443",
            "worker -> api:80",
            "worker -> files:2049",
        ]
    )
    plan = extended()
    for phase in plan.phases.values():
        assert [str(path) for path in network_paths(phase)] == expected


def test_one_writer_and_many_readers() -> None:
    plan = extended()
    assert of(plan, "ecs/service:Service", "worker").inputs["deploymentMaximumPercent"] == 100
    assert of(plan, "ecs/service:Service", "api").inputs["deploymentMaximumPercent"] == 200
    (mount,) = [m for m in container(plan, "api")["mountPoints"] if m["containerPath"] == "/uploads"]
    assert mount["readOnly"] is True


def test_a_service_is_told_where_another_is() -> None:
    environment = {item["name"]: item["value"] for item in container(extended(), "worker")["environment"]}
    assert environment == {"API_URL": "http://api.services.internal:80"}


def test_the_task_has_what_it_connects_to_and_no_service() -> None:
    plan = extended()
    made = container(plan, "migration")
    assert made["image"] == container(plan, "api")["image"]
    assert {item["name"] for item in made["secrets"]} == {"PGPASSWORD", "PGUSER", "SETUP_KEY"}
    assert of(plan, ":LogGroup", "migration-task-logs").inputs["name"] == "/prod/task/migration"
    assert {r.name for r in plan.phases["deployed"].of_type("aws:ecs/service:Service")} == {"api", "worker"}
    assert plan.phases["deployed"].outputs["migrate"]["family"] == "prod-migration"


def test_what_stood_before_stays_as_it_is() -> None:
    before, after = (plan.phases["deployed"].by_urn() for plan in (planned(FILE), extended()))
    assert set(before) < set(after)
    changed = {before[urn].name for urn in before if before[urn].inputs != after[urn].inputs}
    touched = {"api", "api-task", "api-task-execution-policy", "dashboard"}
    asked = {f"queries-{what}" for what in ("errors", "one-request", "slowest-requests")}
    assert changed == touched | asked


def test_custom_metrics() -> None:
    plan = extended()
    watched = [
        record.inputs
        for record in plan.phases["deployed"].of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
        if "Shop/Production" in json.dumps(record.inputs)
    ]
    assert [alarm["threshold"] for alarm in watched] == [3]
    granted = document(of(plan, ":RolePolicy", "api-task-task-policy"), "policy")["Statement"]
    (publish,) = [statement for statement in granted if "cloudwatch:PutMetricData" in statement["Action"]]
    assert publish["Condition"] == {"StringEquals": {"cloudwatch:namespace": "Shop/Production"}}
    body = of(plan, ":Dashboard").inputs["dashboardBody"]
    assert "Orders" in body
