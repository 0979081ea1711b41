"""The trace collector: its ports, its resources, and that a service runs without it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from components.compute.collector import COLLECTOR, SEND_TRACES, collector
from components.compute.task_definition import TaskDefinition
from preview.plan import Phase, Plan
from settings.compute.tracing import COLLECTOR_MEMORY_MB, COLLECTOR_PORTS, tracing_environment
from settings.types import Name
from tests.components.compute.service_plans import DEFINITION, service_settings
from tests.components.compute.tasks import containers, definition_args
from tests.recording import children, one, record

IMAGE = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
LOCAL = "OTEL_EXPORTER_OTLP_ENDPOINT"
PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL"


def traced(image: str | None = IMAGE, **files: str) -> Plan:
    args = definition_args(
        "api", service_settings(tracing=True, cpu=512, memory=1024), collector_image=image, files=files or None
    )
    return record(lambda: TaskDefinition("api-task", args))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return traced()


def container_named(phase: Phase, name: str) -> dict[str, Any]:
    (container,) = [container for container in containers(phase) if container["name"] == name]
    return container


def config(phase: Phase) -> dict[str, Any]:
    environment = {item["name"]: item["value"] for item in container_named(phase, COLLECTOR)["environment"]}
    return json.loads(environment["AOT_CONFIG_CONTENT"])


def test_without_tracing_there_is_none() -> None:
    phase = traced(None).phases["deployed"]
    assert [container["name"] for container in containers(phase)] == ["api"]
    assert "dependsOn" not in container_named(phase, "api")
    assert not [name for _, name in children(phase) if name == "api-task-task-policy"]


def test_the_service_starts_after_it_and_stops_before_it(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert container_named(phase, "api")["dependsOn"] == [{"containerName": COLLECTOR, "condition": "START"}]
    deployed = traced(**{"/etc/app/a": "a"}).phases["deployed"]
    assert container_named(deployed, "api")["dependsOn"] == [
        {"containerName": "files", "condition": "SUCCESS"},
        {"containerName": COLLECTOR, "condition": "START"},
    ]


def test_its_failure_stops_no_task(plan: Plan) -> None:
    container = container_named(plan.phases["preview"], COLLECTOR)
    assert container["essential"] is False
    assert container["restartPolicy"] == {"enabled": True, "restartAttemptPeriod": 60}
    assert container["healthCheck"]["command"] == ["CMD", "/healthcheck"]


def test_it_has_few_privileges(plan: Plan) -> None:
    container = container_named(plan.phases["deployed"], COLLECTOR)
    assert container["readonlyRootFilesystem"] is True
    assert container["linuxParameters"]["capabilities"] == {"drop": ["ALL"]}
    assert container["memory"] == COLLECTOR_MEMORY_MB
    assert {"portMappings", "secrets", "mountPoints"}.isdisjoint(container)


def test_it_refuses_spans_before_it_is_stopped(plan: Plan) -> None:
    phase = plan.phases["deployed"]
    limiter = config(phase)["processors"]["memory_limiter"]
    assert limiter["spike_limit_mib"] < limiter["limit_mib"] < COLLECTOR_MEMORY_MB
    environment = {item["name"]: item["value"] for item in container_named(phase, COLLECTOR)["environment"]}
    assert environment["GOMEMLIMIT"] == f"{limiter['limit_mib']}MiB"


def test_it_listens_inside_the_task_only(plan: Plan) -> None:
    configuration = config(plan.phases["deployed"])
    text = json.dumps(configuration)
    assert "0.0.0.0" not in text
    assert {int(part.split('"')[0]) for part in text.split("127.0.0.1:")[1:]} == set(COLLECTOR_PORTS)
    # A service at 8888 would find its port taken.
    assert configuration["service"]["telemetry"]["metrics"] == {"level": "none"}


def test_every_part_of_its_pipeline_is_configured(plan: Plan) -> None:
    configuration = config(plan.phases["deployed"])
    pipeline = configuration["service"]["pipelines"]["traces"]
    for kind in ("receivers", "processors", "exporters"):
        assert set(pipeline[kind]) == set(configuration[kind])
    assert set(configuration["service"]["extensions"]) == set(configuration["extensions"])
    assert pipeline["processors"][0] == "memory_limiter"
    assert configuration["exporters"]["awsxray"]["region"] == "us-east-1"


def test_the_collector_reads_no_variable_into_its_configuration(plan: Plan) -> None:
    assert "$" not in json.dumps(config(plan.phases["deployed"]))


def test_the_task_role_may_send_traces_and_nothing_else(plan: Plan) -> None:
    policy = json.loads(
        one(plan.phases["deployed"], "aws:iam/rolePolicy:RolePolicy", "api-task-task-policy").inputs["policy"]
    )
    (statement,) = policy["Statement"]
    assert statement["Action"] == list(SEND_TRACES.actions)
    assert set(statement["Action"]) == {
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    }


def test_its_log_is_in_the_services_group(plan: Plan) -> None:
    options = container_named(plan.phases["deployed"], COLLECTOR)["logConfiguration"]["options"]
    assert (options["awslogs-group"], options["awslogs-stream-prefix"]) == ("/test/service/api", COLLECTOR)


def test_no_service_has_its_name() -> None:
    """ECS refuses two containers of one name."""
    with pytest.raises(ValueError, match="lower-case letters, digits and single hyphens"):
        TypeAdapter(Name).validate_python(COLLECTOR)


def test_the_definition_is_stable() -> None:
    first, second = (one(traced().phases["preview"], DEFINITION).inputs["containerDefinitions"] for _ in range(2))
    assert first == second
    assert collector(IMAGE, "/test", "us-east-1") == collector(IMAGE, "/test", "us-east-1")


@pytest.mark.parametrize(
    ("own", "endpoint", "protocol"),
    [
        ({}, "http://localhost:4317", "grpc"),
        ({PROTOCOL: "http/protobuf"}, "http://localhost:4318", "http/protobuf"),
        ({LOCAL: "http://127.0.0.1:4318"}, "http://127.0.0.1:4318", "http/protobuf"),
        ({LOCAL: "http://localhost:4317"}, "http://localhost:4317", "grpc"),
    ],
)
def test_endpoint_and_protocol_go_together(own: dict[str, str], endpoint: str, protocol: str) -> None:
    variables = tracing_environment("api", own) | own
    assert (variables[LOCAL], variables[PROTOCOL]) == (endpoint, protocol)
    assert variables["OTEL_SERVICE_NAME"] == "api"
    assert variables["OTEL_PROPAGATORS"] == "xray"
    assert (variables["OTEL_METRICS_EXPORTER"], variables["OTEL_LOGS_EXPORTER"]) == ("none", "none")
