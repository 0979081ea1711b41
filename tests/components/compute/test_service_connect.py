"""gRPC over Service Connect: servers, clients, and the order in which they are deployed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.compute.service_url import service_urls
from preview import run
from preview.network_paths import network_paths
from preview.plan import Phase, Plan
from preview.stackfile import StackFile
from settings.compute.connects_to import Connect
from settings.compute.services import Service
from tests.components.compute.service_plans import dependency_names
from tests.recording import children, one, plan_of
from tests.stacks import AUTONAMING

SERVICE = "aws:ecs/service:Service"
NAMESPACE = "aws:servicediscovery/httpNamespace:HttpNamespace"
SIZE = {"image": "example/app:1", "architecture": "arm64", "cpu": 512, "memory": 1024}
ENGINE = {**SIZE, "port": 50051, "protocol": "grpc"}
FRONT = {
    **SIZE,
    "port": 8000,
    "connects_to": [{"to": "engine", "env": {"ENGINE_HOST": {"part": "host"}, "ENGINE_PORT": {"part": "port"}}}],
}


def stack(*, tasks: dict[str, Any] | None = None, outputs: dict[str, str] | None = None, **services: Any) -> Plan:
    """A stack of these services, in this order; the tests name the client before its server."""
    areas = {
        "environment": "dev",
        "networking": {"cidr": "10.20.0.0/16", "zones": ["us-east-1a", "us-east-1b"]},
        "compute": {"services": services, "tasks": tasks or {}},
        "outputs": outputs or {},
    }
    values = {f"agent-platform:{name}": v if isinstance(v, str) else json.dumps(v) for name, v in areas.items()}
    file = StackFile(
        stack="test",
        path=run.ROOT / "test.yaml",
        values={"aws:region": "us-east-1", **AUTONAMING, **values},
        secret_keys=(),
    )
    return plan_of(file)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return stack(front=FRONT, engine=ENGINE, bystander={**SIZE, "port": 81})


def connect(phase: Phase, name: str) -> dict[str, Any]:
    return one(phase, SERVICE, name).inputs["serviceConnectConfiguration"]


def port_mapping(phase: Phase, name: str) -> dict[str, Any]:
    definition = one(phase, "aws:ecs/taskDefinition:TaskDefinition", f"{name}-task").inputs["containerDefinitions"]
    (mapping,) = json.loads(definition)[0]["portMappings"]
    return mapping


def test_one_namespace_without_a_hosted_zone(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert [child for child in children(phase) if "servicediscovery" in child[0]] == [
            (NAMESPACE, "service-connect")
        ]
        # An auto-generated name: two stacks of one account never share the namespace.
        assert "name" not in one(phase, NAMESPACE).inputs
    deployed = plan.phases["deployed"]
    for name in ("front", "engine"):
        assert connect(deployed, name)["namespace"] == one(deployed, NAMESPACE).outputs["arn"]


def test_the_server_offers_a_named_port_under_one_name(plan: Plan) -> None:
    (server,) = connect(plan.phases["deployed"], "engine")["services"]
    assert server["discoveryName"] == "engine"
    assert server["clientAlias"] == [{"dnsName": "engine", "port": 50051}]
    mapping = port_mapping(plan.phases["deployed"], "engine")
    assert server["portName"] == mapping["name"]
    assert mapping == {
        "name": "engine",
        "containerPort": 50051,
        "hostPort": 50051,
        "protocol": "tcp",
        "appProtocol": "grpc",
    }


def test_long_calls_are_not_cut_after_15_seconds(plan: Plan) -> None:
    """Service Connect cuts requests at 15 s and idle connections at 5 min (terraform-aws-ecs#210)."""
    (server,) = connect(plan.phases["preview"], "engine")["services"]
    assert server["timeout"] == {"perRequestTimeoutSeconds": 0, "idleTimeoutSeconds": 3600}


def test_timeouts_are_the_settings() -> None:
    timeouts = {"per_request_timeout_s": 600, "idle_timeout_s": 900}
    (server,) = connect(stack(engine={**ENGINE, "timeouts": timeouts}).phases["preview"], "engine")["services"]
    assert server["timeout"] == {"perRequestTimeoutSeconds": 600, "idleTimeoutSeconds": 900}


def test_a_client_offers_nothing(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert connect(phase, "front")["enabled"] is True
        assert "services" not in connect(phase, "front")
    assert "appProtocol" not in port_mapping(plan.phases["deployed"], "front")


def test_a_service_that_neither_serves_nor_calls_grpc_has_no_proxy(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert "serviceConnectConfiguration" not in one(phase, SERVICE, "bystander").inputs


def test_the_proxy_logs_where_its_service_does(plan: Plan) -> None:
    phase = plan.phases["deployed"]
    for name in ("front", "engine"):
        log = connect(phase, name)["logConfiguration"]
        assert log["logDriver"] == "awslogs"
        group = one(phase, "aws:cloudwatch/logGroup:LogGroup", f"{name}-task-logs")
        # The execution role may write to this log group, and to no other.
        assert log["options"]["awslogs-group"] == group.inputs["name"]
        assert log["options"]["awslogs-stream-prefix"] == "service-connect"
        assert log["options"]["mode"] == "non-blocking"


def test_the_client_is_deployed_after_its_server(plan: Plan) -> None:
    """Running client tasks do not learn of new endpoints."""
    for phase in plan.phases.values():
        assert "engine" in dependency_names(phase, one(phase, SERVICE, "front").dependencies)
        assert "front" not in dependency_names(phase, one(phase, SERVICE, "engine").dependencies)


def test_a_change_of_servers_renews_the_client_s_tasks(plan: Plan) -> None:
    phase = plan.phases["preview"]
    front = one(phase, SERVICE, "front").inputs
    assert front["triggers"] == {"servers": "engine:50051"}
    assert front["forceNewDeployment"] is True
    assert "triggers" not in one(phase, SERVICE, "engine").inputs


def test_a_chain_is_deployed_from_its_end() -> None:
    middle = {**ENGINE, "port": 50052, "connects_to": ["engine"]}
    phase = stack(front={**FRONT, "connects_to": ["middle"]}, middle=middle, engine=ENGINE).phases["preview"]
    assert "middle" in dependency_names(phase, one(phase, SERVICE, "front").dependencies)
    assert "engine" in dependency_names(phase, one(phase, SERVICE, "middle").dependencies)
    # A server that is a client as well has a Service Connect name and a dependency.
    assert connect(phase, "middle")["services"][0]["discoveryName"] == "middle"
    assert one(phase, SERVICE, "middle").inputs["triggers"] == {"servers": "engine:50051"}


def test_never_in_a_registry_as_well(plan: Plan) -> None:
    for phase in plan.phases.values():
        for name in ("front", "engine"):
            assert "serviceRegistries" not in one(phase, SERVICE, name).inputs


def test_connects_to_opens_the_one_path(plan: Plan) -> None:
    for phase in plan.phases.values():
        internal = [str(path) for path in network_paths(phase) if "0.0.0.0/0" not in str(path)]
        assert internal == ["front -> engine:50051"]


def test_host_and_port_in_separate_variables(plan: Plan) -> None:
    definition = one(plan.phases["deployed"], "aws:ecs/taskDefinition:TaskDefinition", "front-task").inputs
    environment = {e["name"]: e["value"] for e in json.loads(definition["containerDefinitions"])[0]["environment"]}
    assert environment == {"ENGINE_HOST": "engine", "ENGINE_PORT": "50051"}


def test_clients_know_the_server_by_its_discovery_name() -> None:
    phase = stack(front=FRONT, engine={**ENGINE, "discovery_name": "workflows"}).phases["deployed"]
    (server,) = connect(phase, "engine")["services"]
    assert (server["discoveryName"], server["clientAlias"][0]["dnsName"]) == ("workflows", "workflows")
    assert one(phase, SERVICE, "front").inputs["triggers"] == {"servers": "workflows:50051"}
    definition = one(phase, "aws:ecs/taskDefinition:TaskDefinition", "front-task").inputs["containerDefinitions"]
    assert {"name": "ENGINE_HOST", "value": "workflows"} in json.loads(definition)[0]["environment"]


@pytest.mark.parametrize("strategy", ["blue-green", "linear", "canary"])
def test_service_connect_shifts_traffic_by_itself(strategy: str) -> None:
    phase = stack(front=FRONT, engine={**ENGINE, "deploy": {"strategy": strategy}}).phases["preview"]
    engine = one(phase, SERVICE, "engine").inputs
    assert engine["deploymentConfiguration"]["strategy"] == strategy.upper().replace("-", "_")
    assert "loadBalancers" not in engine
    # A second ECS service would claim the same name in Service Connect.
    assert one(phase, SERVICE, "engine").ignore_changes == ()
    # The role is for load balancers.
    assert not [record for record in phase.of_type("aws:iam/role:Role") if record.name == "engine-shift"]


@pytest.mark.parametrize(
    ("part", "value"),
    [("host", "engine"), ("port", "50051"), ("address", "engine:50051"), ("url", "postgresql://engine:50051")],
)
def test_parts_of_an_address(part: str, value: str) -> None:
    connection = Connect.model_validate({"to": "engine", "env": {"X": {"part": part}}})
    assert service_urls(connection, "engine", 50051) == {"X": value}


def test_without_grpc_there_is_no_service_connect() -> None:
    phase = stack(bystander={**SIZE, "port": 81}).phases["preview"]
    assert not phase.of_type(NAMESPACE)
    assert Service.model_validate({**SIZE, "port": 81}).app_protocol is None
