"""Services: singletons on file systems, and services that are registered in DNS."""

from __future__ import annotations

from typing import Any

import pulumi_aws as aws
import pytest

from components.compute.cloud_map_namespace import CloudMapNamespace, CloudMapNamespaceArgs
from components.compute.service import Service, ServiceArgs
from components.values import Mount
from preview.plan import Plan
from settings.compute.services import Service as ServiceSettings
from tests.components.compute.tasks import MOUNT, definition_args
from tests.recording import children, one, record

SERVICE = "aws:ecs/service:Service"
REGISTRY = "aws:servicediscovery/service:Service"
VOLUME = {"file_system": "shared", "access_point": "data", "path": "/data"}


def service_plan(*, namespace: bool = True, **settings: Any) -> Plan:
    service = ServiceSettings.model_validate(
        {"image": "example/app:1", "architecture": "arm64", "port": 80, **settings}
    )

    def program() -> None:
        namespace_id = None
        if namespace:
            namespace_id = CloudMapNamespace(
                "namespace", CloudMapNamespaceArgs(domain="services.internal", vpc_id="vpc-1")
            ).id
        mounts = []
        if service.volumes:
            target = aws.efs.MountTarget("target", file_system_id="fs-1", subnet_id="subnet-a")
            mounts = [Mount(**{**_fields(MOUNT), "dependencies": [target]})]
        Service(
            "api",
            ServiceArgs(
                settings=service,
                task=definition_args("api", service, mounts=mounts),
                cluster_arn="arn:aws:ecs:us-east-1:123456789012:cluster/test",
                cluster_name="test",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                namespace_id=namespace_id,
            ),
        )

    return record(program)


def _fields(mount: Mount) -> dict[str, Any]:
    return {name: getattr(mount, name) for name in ("name", "path", "file_system_id", "access_point_id", "permission")}


def test_a_singleton_stops_before_its_successor_starts() -> None:
    for phase in service_plan(volumes=[VOLUME]).phases.values():
        inputs = one(phase, SERVICE).inputs
        assert inputs["desiredCount"] == 1
        assert (inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]) == (0, 100)
        # ECS refuses rebalancing without room above 100 percent.
        assert inputs["availabilityZoneRebalancing"] == "DISABLED"
        assert inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
        assert {c["capacityProvider"]: c["weight"] for c in inputs["capacityProviderStrategies"]}["FARGATE_SPOT"] == 0
        assert not phase.of_type("aws:appautoscaling/target:Target")


@pytest.mark.parametrize("settings", [{}, {"volumes": [{**VOLUME, "read_only": True}]}])
def test_others_keep_serving_during_a_deployment(settings: dict[str, Any]) -> None:
    inputs = one(service_plan(**settings).phases["preview"], SERVICE).inputs
    assert (inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]) == (100, 200)
    assert inputs["availabilityZoneRebalancing"] == "ENABLED"


def test_the_service_waits_for_the_mount_targets() -> None:
    for phase in service_plan(volumes=[VOLUME]).phases.values():
        assert any(urn.endswith("MountTarget::target") for urn in one(phase, SERVICE).dependencies)


def test_discovery_registers_addresses_with_a_short_ttl() -> None:
    for phase in service_plan(discovery=True).phases.values():
        registry = one(phase, REGISTRY).inputs
        assert registry["name"] == "api"
        assert registry["dnsConfig"]["dnsRecords"] == [{"type": "A", "ttl": 10}]
        assert registry["dnsConfig"]["routingPolicy"] == "MULTIVALUE"
        # Without it ECS cannot report health, and stops the tasks.
        assert registry["healthCheckCustomConfig"] == {"failureThreshold": 1}
        # ResourceInUse: contains registered instances.
        assert registry["forceDestroy"] is True
        assert not phase.warnings
    phase = service_plan(discovery=True).phases["deployed"]
    namespace = one(phase, "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace")
    assert one(phase, REGISTRY).inputs["dnsConfig"]["namespaceId"] == namespace.id
    assert (namespace.inputs["name"], namespace.inputs["vpc"]) == ("services.internal", "vpc-1")
    # An A record takes the task's address: neither container nor port may be given with it.
    assert one(phase, SERVICE).inputs["serviceRegistries"] == {"registryArn": one(phase, REGISTRY).outputs["arn"]}


def test_the_registry_carries_the_discovery_name() -> None:
    for phase in service_plan(discovery=True, discovery_name="backend").phases.values():
        assert one(phase, REGISTRY).inputs["name"] == "backend"


def test_without_discovery_nothing_is_registered() -> None:
    for plan in (service_plan(), service_plan(namespace=False)):
        for phase in plan.phases.values():
            assert not phase.of_type(REGISTRY)
            assert "serviceRegistries" not in one(phase, SERVICE).inputs
            # A service is registered in one place: Service Connect is for gRPC only.
            assert "serviceConnectConfiguration" not in one(phase, SERVICE).inputs


def test_children() -> None:
    phase = service_plan(namespace=False, discovery=False).phases["preview"]
    assert children(phase) == [
        ("aws:cloudwatch/logGroup:LogGroup", "api-task-logs"),
        ("aws:ec2/securityGroup:SecurityGroup", "api-group"),
        (SERVICE, "api"),
        ("aws:ecs/taskDefinition:TaskDefinition", "api-task"),
        ("aws:iam/role:Role", "api-task-execution"),
        ("aws:iam/role:Role", "api-task-task"),
        ("aws:iam/rolePolicy:RolePolicy", "api-task-execution-policy"),
    ]
