"""A whole stack with a traced service, with and without a way to the internet."""

from __future__ import annotations

from functools import cache
from typing import Any

from preview.network_paths import network_paths
from preview.plan import Plan
from tests.program.test_program import PATHS
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import document, of

FILE = SMALL
REPOSITORY = "arn:aws:ecr:us-east-1:123456789012:repository"
COPY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/{}:1"


def change(areas: dict[str, Any]) -> None:
    api = areas["compute"]["services"]["api"]
    api |= {"tracing": True, "cpu": 512, "memory": 1024}
    api["environment"] = {**api.get("environment", {}), "OTEL_PROPAGATORS": "tracecontext"}
    api["secrets"] = {**api.get("secrets", {}), "OTEL_SERVICE_NAME": "service-name"}


def close(areas: dict[str, Any]) -> None:
    change(areas)
    areas["networking"] |= {"nat": "none", "egress": "aws-only"}
    areas["compute"]["services"]["api"] |= {"image": COPY.format("api")}
    areas["compute"]["collector_image"] = COPY.format("collector")


@cache
def traced() -> Plan:
    return varied(FILE, change)


@cache
def closed() -> Plan:
    return varied(FILE, close)


def container(plan: Plan, name: str) -> dict[str, Any]:
    found = document(of(plan, ":TaskDefinition", "api-task"), "containerDefinitions")
    return next(container for container in found if container["name"] == name)


def test_what_the_service_says_itself_comes_first() -> None:
    environment = {item["name"]: item["value"] for item in container(traced(), "api")["environment"]}
    assert environment["OTEL_PROPAGATORS"] == "tracecontext"
    assert environment["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://localhost:4317"
    # ECS refuses a variable that is a secret, too.
    assert "OTEL_SERVICE_NAME" not in environment
    assert "OTEL_SERVICE_NAME" in {item["name"] for item in container(traced(), "api")["secrets"]}


def test_the_image_is_pinned_and_public() -> None:
    image = container(traced(), "otel_collector")["image"]
    assert image == "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
    actions = document(of(traced(), ":RolePolicy", "api-task-execution-policy"), "policy")["Statement"]
    pulls = {resource for s in actions if "ecr:BatchGetImage" in s["Action"] for resource in s["Resource"]}
    assert not any(resource.endswith("aws-otel-collector") for resource in pulls)


def test_no_new_path() -> None:
    for phase in traced().phases.values():
        assert [str(path) for path in network_paths(phase)] == sorted(PATHS[FILE])


def test_only_the_task_changes() -> None:
    before, after = (plan.phases["deployed"].by_urn() for plan in (planned(FILE), traced()))
    changed = {before[urn].name for urn in before if urn in after and before[urn].inputs != after[urn].inputs}
    assert changed <= {"api-task", "api-task-task-policy", "api-task-execution-policy", "api"}
    assert not set(before) - set(after)


def test_a_closed_stack_has_the_endpoint_and_pulls_a_copy() -> None:
    services = {r.inputs["serviceName"] for r in closed().phases["deployed"].of_type("aws:ec2/vpcEndpoint:VpcEndpoint")}
    assert "com.amazonaws.us-east-1.xray" in services
    statements = document(of(closed(), ":RolePolicy", "api-task-execution-policy"), "policy")["Statement"]
    pulled = [resource for s in statements if "ecr:BatchGetImage" in s["Action"] for resource in s["Resource"]]
    assert sorted(pulled) == [f"{REPOSITORY}/api", f"{REPOSITORY}/collector"]
    assert sum("ecr:GetAuthorizationToken" in s["Action"] for s in statements) == 1
