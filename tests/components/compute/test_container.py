"""Container definitions: the container's guarantees, and an order in which equal settings make no new revision."""

from __future__ import annotations

from typing import Any

import pytest

from components.compute.container import container_definition, stop_timeout_s
from settings.compute.mounts import EXEC_PATHS
from tests.components.compute.service_plans import SECRET, service_settings


def container(settings: dict[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "image": "ghcr.io/x/api@sha256:0",
        "environment": {},
        "secrets": {},
        "log_group": "/test/service/api",
        "region": "us-east-1",
        **others,
    }
    return container_definition("api", service_settings(**(settings or {})), **values)


def test_a_minimal_container() -> None:
    assert container() == {
        "name": "api",
        "image": "ghcr.io/x/api@sha256:0",
        "essential": True,
        "portMappings": [{"name": "api", "containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "readonlyRootFilesystem": True,
        "linuxParameters": {"initProcessEnabled": True},
        "stopTimeout": 30,
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": "/test/service/api",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "api",
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        },
    }


def test_command_entry_point_and_user() -> None:
    definition = container({"command": ["serve"], "entrypoint": ["/init"], "user": "1000:1000"})
    assert (definition["command"], definition["entryPoint"], definition["user"]) == (["serve"], ["/init"], "1000:1000")


def test_the_order_of_settings_makes_no_new_revision() -> None:
    first = container(environment={"B": "2", "A": "1"}, secrets={"Z": SECRET, "Y": SECRET})
    second = container(environment={"A": "1", "B": "2"}, secrets={"Y": SECRET, "Z": SECRET})
    assert first == second
    assert first["environment"] == [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    assert [item["name"] for item in first["secrets"]] == ["Y", "Z"]


def test_secrets_are_references_not_values() -> None:
    definition = container(secrets={"KEY": f"{SECRET}:token::"})
    assert definition["secrets"] == [{"name": "KEY", "valueFrom": f"{SECRET}:token::"}]
    assert "environment" not in definition


def test_writable_paths_are_tmpfs() -> None:
    definition = container({"writable": ["/tmp", "/run"], "writable_mb": 32})
    assert definition["readonlyRootFilesystem"] is True
    assert definition["linuxParameters"]["tmpfs"] == [
        {"containerPath": "/run", "size": 32, "mountOptions": ["nosuid", "nodev"]},
        {"containerPath": "/tmp", "size": 32, "mountOptions": ["nosuid", "nodev"]},
    ]
    assert "mountPoints" not in definition


def test_exec_writes_to_three_volumes() -> None:
    """The agent of ECS Exec fails on a read-only root without them (aws/containers-roadmap#1359)."""
    assert set(EXEC_PATHS.values()) == {"/managed-agents", "/var/lib/amazon/ssm", "/var/log/amazon/ssm"}
    definition = container({"exec": True})
    assert definition["readonlyRootFilesystem"] is True
    assert {item["sourceVolume"]: item["containerPath"] for item in definition["mountPoints"]} == EXEC_PATHS
    assert not any(item["readOnly"] for item in definition["mountPoints"])


@pytest.mark.parametrize(("timeout", "stop"), [(1, 30), (30, 30), (90, 90), (120, 120), (3600, 120)])
def test_a_task_stops_after_its_longest_request(timeout: int, stop: int) -> None:
    """Fargate waits at most two minutes; Spot gives no more."""
    assert stop_timeout_s(timeout) == stop
    assert container({"request_timeout_s": timeout})["stopTimeout"] == stop


def test_health_command() -> None:
    assert "healthCheck" not in container()
    settings = {"health_command": ["curl", "-f", "http://localhost/"], "start_period_s": 900}
    health_check = container(settings)["healthCheck"]
    assert health_check["command"] == ["CMD", "curl", "-f", "http://localhost/"]
    assert health_check["startPeriod"] == 300  # the longest that ECS accepts
    assert container({"health_command": ["true"], "start_period_s": 20})["healthCheck"]["startPeriod"] == 20


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (["true"], ["CMD", "true"]),
        (["CMD", "curl", "-f", "x"], ["CMD", "curl", "-f", "x"]),
        (["CMD-SHELL", "curl -f x || exit 1"], ["CMD-SHELL", "curl -f x || exit 1"]),
        (["/opt/my app/check", "-q"], ["CMD", "/opt/my app/check", "-q"]),
    ],
)
def test_a_health_command_as_ecs_takes_it(written: list[str], sent: list[str]) -> None:
    assert container({"health_command": written})["healthCheck"]["command"] == sent


def test_a_log_that_cannot_be_written_does_not_stop_the_service() -> None:
    assert container()["logConfiguration"]["options"]["mode"] == "non-blocking"


def test_no_privileges() -> None:
    definition = container({"exec": True, "writable": ["/tmp"]})
    assert not {"privileged", "capabilities", "volumesFrom", "pseudoTerminal"} & definition.keys()
