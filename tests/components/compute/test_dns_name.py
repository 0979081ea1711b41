"""A gRPC service's DNS name, for tasks and for clients outside of ECS, next to its Service Connect name."""

from __future__ import annotations

import json
from functools import cache

import pytest

from preview.network_paths import network_paths
from preview.plan import Phase, Plan
from tests.aws_models.checker import check_all
from tests.components.compute.test_service_connect import ENGINE, FRONT, SERVICE, SIZE, connect, stack
from tests.recording import one

REGISTRY = "aws:servicediscovery/service:Service"
DNS = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"
HTTP = "aws:servicediscovery/httpNamespace:HttpNamespace"
JOB = {
    "image": "example/job:1",
    "architecture": "arm64",
    "connects_to": [{"to": "engine", "env": {"ENGINE": {"part": "address"}, "ENGINE_HOST": {"part": "host"}}}],
}


@cache
def dns_name_plan() -> Plan:
    return stack(
        front=FRONT,
        engine={**ENGINE, "dns_name": "engine-direct"},
        tasks={"job": JOB},
        outputs={"host": "service.engine.dns_name", "group": "service.engine.security_group_id"},
    )


def environment(phase: Phase, name: str) -> dict[str, str]:
    definition = one(phase, "aws:ecs/taskDefinition:TaskDefinition", f"{name}-task").inputs["containerDefinitions"]
    return {entry["name"]: entry["value"] for entry in json.loads(definition)[0]["environment"]}


def test_two_names_in_two_namespaces() -> None:
    """Service Connect registers its own name; the same name twice would be refused or ambiguous."""
    for phase in dns_name_plan().phases.values():
        (server,) = connect(phase, "engine")["services"]
        registry = one(phase, REGISTRY).inputs
        assert (server["discoveryName"], registry["name"]) == ("engine", "engine-direct")
        assert one(phase, DNS).inputs["name"] == "services.internal"
    phase = dns_name_plan().phases["deployed"]
    assert connect(phase, "engine")["namespace"] == one(phase, HTTP).outputs["arn"]
    assert one(phase, REGISTRY).inputs["dnsConfig"]["namespaceId"] == one(phase, DNS).id


def test_registered_as_every_other_service_is() -> None:
    phase = dns_name_plan().phases["deployed"]
    registry = one(phase, REGISTRY)
    assert registry.inputs["dnsConfig"]["dnsRecords"] == [{"type": "A", "ttl": 10}]
    assert registry.inputs["healthCheckCustomConfig"] == {"failureThreshold": 1}
    # ResourceInUse: contains registered instances.
    assert registry.inputs["forceDestroy"] is True
    # An A record takes the task's address: neither container nor port may be given with it.
    assert one(phase, SERVICE, "engine").inputs["serviceRegistries"] == {"registryArn": registry.outputs["arn"]}
    assert "serviceRegistries" not in one(phase, SERVICE, "front").inputs


def test_services_call_through_the_proxy_and_tasks_by_dns() -> None:
    phase = dns_name_plan().phases["deployed"]
    assert environment(phase, "front") == {"ENGINE_HOST": "engine", "ENGINE_PORT": "50051"}
    assert environment(phase, "job") == {
        "ENGINE": "engine-direct.services.internal:50051",
        "ENGINE_HOST": "engine-direct.services.internal",
    }
    assert one(phase, SERVICE, "front").inputs["triggers"] == {"servers": "engine:50051"}


def test_one_path_for_each_client() -> None:
    for phase in dns_name_plan().phases.values():
        internal = [str(path) for path in network_paths(phase) if "0.0.0.0/0" not in str(path)]
        assert internal == ["front -> engine:50051", "job -> engine:50051"]


def test_outputs_for_a_client_outside_of_ecs() -> None:
    phase = dns_name_plan().phases["deployed"]
    group = one(phase, "aws:ec2/securityGroup:SecurityGroup", "engine-group")
    assert phase.outputs == {"host": "engine-direct.services.internal", "group": group.id}


def test_aws_accepts_every_value() -> None:
    verdicts = check_all(dns_name_plan().phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []


def test_an_http_service_exports_its_name_too() -> None:
    api = {**SIZE, "port": 81, "discovery": True, "discovery_name": "backend"}
    plan = stack(api=api, outputs={"host": "service.api.dns_name"})
    assert plan.phases["preview"].outputs == {"host": "backend.services.internal"}


@pytest.mark.parametrize("name", ["engine", "front"])
def test_without_dns_name_there_is_no_dns(name: str) -> None:
    phase = stack(front=FRONT, engine=ENGINE).phases["preview"]
    assert not phase.of_type(DNS)
    assert not phase.of_type(REGISTRY)
    assert "serviceRegistries" not in one(phase, SERVICE, name).inputs
