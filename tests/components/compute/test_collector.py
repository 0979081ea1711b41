"""The collector of traces: what it listens to, what it takes, and that a service goes on without it."""

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
from tests.components.compute.service_plans import DEFINITION, settings_of
from tests.components.compute.tasks import containers, definition_args
from tests.recording import children, one, record

IMAGE = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
LOCAL = "OTEL_EXPORTER_OTLP_ENDPOINT"
PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL"


def traced(image: str | None = IMAGE, **files: str) -> Plan:
    args = definition_args(
        "api", settings_of(tracing=True, cpu=512, memory=1024), collector_image=image, files=files or None
    )
    return record(lambda: TaskDefinition("api-task", args))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return traced()


def of(phase: Phase, name: str) -> dict[str, Any]:
    (found,) = [container for container in containers(phase) if container["name"] == name]
    return found


def config(phase: Phase) -> dict[str, Any]:
    environment = {item["name"]: item["value"] for item in of(phase, COLLECTOR)["environment"]}
    return json.loads(environment["AOT_CONFIG_CONTENT"])


def test_without_tracing_there_is_none() -> None:
    phase = traced(None).phases["deployed"]
    assert [container["name"] for container in containers(phase)] == ["api"]
    assert "dependsOn" not in of(phase, "api")
    assert not [name for _, name in children(phase) if name == "api-task-task-policy"]


def test_the_service_starts_after_it_and_stops_before_it(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert of(phase, "api")["dependsOn"] == [{"containerName": COLLECTOR, "condition": "START"}]
    deployed = traced(**{"/etc/app/a": "a"}).phases["deployed"]
    assert of(deployed, "api")["dependsOn"] == [
        {"containerName": "files", "condition": "SUCCESS"},
        {"containerName": COLLECTOR, "condition": "START"},
    ]


def test_its_failure_stops_no_task(plan: Plan) -> None:
    made = of(plan.phases["preview"], COLLECTOR)
    assert made["essential"] is False
    assert made["restartPolicy"] == {"enabled": True, "restartAttemptPeriod": 60}
    assert made["healthCheck"]["command"] == ["CMD", "/healthcheck"]


def test_it_has_little_power(plan: Plan) -> None:
    made = of(plan.phases["deployed"], COLLECTOR)
    assert made["readonlyRootFilesystem"] is True
    assert made["linuxParameters"]["capabilities"] == {"drop": ["ALL"]}
    assert made["memory"] == COLLECTOR_MEMORY_MB
    assert {"portMappings", "secrets", "mountPoints"}.isdisjoint(made)


def test_it_refuses_spans_before_it_is_stopped(plan: Plan) -> None:
    limiter = config(plan.phases["deployed"])["processors"]["memory_limiter"]
    assert limiter["spike_limit_mib"] < limiter["limit_mib"] < COLLECTOR_MEMORY_MB
    environment = {item["name"]: item["value"] for item in of(plan.phases["deployed"], COLLECTOR)["environment"]}
    assert environment["GOMEMLIMIT"] == f"{limiter['limit_mib']}MiB"


def test_it_listens_inside_the_task_only(plan: Plan) -> None:
    made = config(plan.phases["deployed"])
    text = json.dumps(made)
    assert "0.0.0.0" not in text
    assert {int(part.split('"')[0]) for part in text.split("127.0.0.1:")[1:]} == set(COLLECTOR_PORTS)
    # A service at 8888 would find its port taken.
    assert made["service"]["telemetry"]["metrics"] == {"level": "none"}


def test_every_part_of_its_pipeline_is_configured(plan: Plan) -> None:
    made = config(plan.phases["deployed"])
    pipeline = made["service"]["pipelines"]["traces"]
    for kind in ("receivers", "processors", "exporters"):
        assert set(pipeline[kind]) == set(made[kind])
    assert set(made["service"]["extensions"]) == set(made["extensions"])
    assert pipeline["processors"][0] == "memory_limiter"
    assert made["exporters"]["awsxray"]["region"] == "us-east-1"


def test_the_collector_reads_no_variable_into_its_configuration(plan: Plan) -> None:
    assert "$" not in json.dumps(config(plan.phases["deployed"]))


def test_the_task_may_trace_and_nothing_else(plan: Plan) -> None:
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
    options = of(plan.phases["deployed"], COLLECTOR)["logConfiguration"]["options"]
    assert (options["awslogs-group"], options["awslogs-stream-prefix"]) == ("/test/service/api", COLLECTOR)


def test_no_service_has_its_name() -> None:
    """ECS refuses two containers of one name."""
    with pytest.raises(ValueError, match="lower-case letters, digits and single hyphens"):
        TypeAdapter(Name).validate_python(COLLECTOR)


def test_the_definition_is_stable() -> None:
    one_, other = (one(traced().phases["preview"], DEFINITION).inputs["containerDefinitions"] for _ in range(2))
    assert one_ == other
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
    told = tracing_environment("api", own) | own
    assert (told[LOCAL], told[PROTOCOL]) == (endpoint, protocol)
    assert told["OTEL_SERVICE_NAME"] == "api"
    assert told["OTEL_PROPAGATORS"] == "xray"
    assert (told["OTEL_METRICS_EXPORTER"], told["OTEL_LOGS_EXPORTER"]) == ("none", "none")
