"""Redis with nodes: encryption, required TLS, logs, failover to another zone."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.data.redis import Redis
from components.data.redis_monitoring import redis_nodes
from preview.plan import Plan
from preview.wire import UNKNOWN
from settings.compute.connects_to import Connect, Url
from tests.components.data.redis_stores import (
    ACCESS,
    GROUP,
    KEY,
    LOG,
    PARAMETERS,
    SECRET,
    SUBNETS,
    SUFFIX,
    TOKEN,
    VALUE,
    arguments,
    redis_plan,
    urls,
)
from tests.recording import children, one, record


def group(plan: Plan, phase: str = "deployed") -> dict[str, Any]:
    return one(plan.phases[phase], GROUP).inputs  # type: ignore[index]


def test_children() -> None:
    for phase in redis_plan().phases.values():
        assert children(phase) == [
            (LOG, "cache-engine-log"),
            (LOG, "cache-slow-log"),
            (ACCESS, "cache-access"),
            (PARAMETERS, "cache-parameters"),
            (GROUP, "cache"),
            (SUBNETS, "cache-subnets"),
            (SECRET, "cache-url"),
            (VALUE, "cache-url-value"),
            (TOKEN, "cache-token-1"),
        ]


def test_encrypted_at_rest_and_in_transit() -> None:
    inputs = group(redis_plan(), "preview")
    assert (inputs["atRestEncryptionEnabled"], inputs["kmsKeyId"]) == (True, KEY)
    assert (inputs["transitEncryptionEnabled"], inputs["transitEncryptionMode"]) == (True, "required")


def test_in_the_given_subnets_and_reached_through_its_own_group_without_inline_rules() -> None:
    phase = redis_plan().phases["deployed"]
    assert one(phase, SUBNETS).inputs["subnetIds"] == ["subnet-a", "subnet-b"]
    assert group(redis_plan())["subnetGroupName"] == one(phase, SUBNETS).outputs["name"]
    assert group(redis_plan())["securityGroupIds"] == [one(phase, ACCESS).id]
    assert not {"ingress", "egress"} & one(phase, ACCESS).inputs.keys()


@pytest.mark.parametrize(
    ("settings", "engine"),
    [
        ({}, ("valkey", "8.0", "valkey8")),
        ({"version": "7.2"}, ("valkey", "7.2", "valkey7")),
        ({"version": "9.1"}, ("valkey", "9.1", "valkey9")),
        ({"version": "9.2"}, ("valkey", "9.2", "valkey9")),
        ({"engine": "redis"}, ("redis", "7.1", "redis7")),
        ({"engine": "redis", "version": "6.2"}, ("redis", "6.2", "redis6.x")),
        ({"engine": "redis", "version": "6.0"}, ("redis", "6.0", "redis6.x")),
    ],
)
def test_engine(settings: dict[str, Any], engine: tuple[str, str, str]) -> None:
    plan = redis_plan(**settings)
    inputs = group(plan)
    family = one(plan.phases["deployed"], PARAMETERS).inputs["family"]
    assert (inputs["engine"], inputs["engineVersion"], family) == engine
    # The version is pinned, and after a refresh an older one than the store's would replace it.
    assert inputs["autoMinorVersionUpgrade"] is False


@pytest.mark.parametrize(("replicas", "has_replicas"), [(0, False), (1, True), (3, True)])
def test_a_replica_brings_failover_to_another_zone(replicas: int, has_replicas: bool) -> None:
    """Multi-AZ needs automatic failover and two nodes at least (pitfall 44)."""
    inputs = group(redis_plan(replicas=replicas))
    assert inputs["numCacheClusters"] == 1 + replicas
    assert inputs["automaticFailoverEnabled"] is inputs["multiAzEnabled"] is has_replicas
    # Not cluster mode, which needs clients with support for it.
    assert not {"numNodeGroups", "replicasPerNodeGroup", "clusterMode"} & inputs.keys()


def test_a_replica_needs_two_subnets() -> None:
    args = arguments({"replicas": 1}, subnet_ids=["subnet-a"])
    with pytest.raises(ValueError, match="needs two, in two zones"):
        Redis("cache", args)


def test_urls_by_variable() -> None:
    connect = Connect(to="cache", env={"BROKER_URL": Url(query={"ssl_cert_reqs": "required"}), "CACHE_URL": Url()})
    plan = redis_plan(connect=connect)
    secret = one(plan.phases["deployed"], SECRET).outputs["arn"]
    secrets = plan.phases["deployed"].outputs["secrets"]
    assert secrets["CACHE_URL"] == f"{secret}:url_1::"
    key = secrets["BROKER_URL"].removeprefix(f"{secret}:").removesuffix("::")
    # ECS splits the reference at colons.
    assert ":" not in key
    assert urls(plan)[key].endswith("/0?ssl_cert_reqs=required")


def test_logs_have_a_retention_and_are_encrypted() -> None:
    plan = redis_plan()
    deliveries = {entry["logType"]: entry for entry in group(plan)["logDeliveryConfigurations"]}
    assert set(deliveries) == {"slow-log", "engine-log"}
    for log, entry in deliveries.items():
        inputs = one(plan.phases["deployed"], LOG, f"cache-{log}").inputs
        assert entry["destination"] == inputs["name"] == f"/aws/vendedlogs/elasticache/test-cache/{log}"
        assert (entry["destinationType"], entry["logFormat"]) == ("cloudwatch-logs", "json")
        assert (inputs["retentionInDays"], inputs["kmsKeyId"]) == (7, KEY)


def test_protected() -> None:
    """A fixed name of the final snapshot fails the second deletion (pitfall 37)."""
    plan = redis_plan(protect=True)
    phase = plan.phases["deployed"]
    suffix = one(phase, SUFFIX)
    assert group(plan)["finalSnapshotIdentifier"] == f"test-cache-final-{suffix.outputs['hex']}"
    assert suffix.inputs["keepers"] == {"identifier": "test-cache", "engine": "valkey", "key": KEY}
    assert group(plan)["applyImmediately"] is False
    assert one(phase, GROUP).protect
    assert one(phase, PARAMETERS).retain_on_delete
    assert one(phase, SECRET).inputs["recoveryWindowInDays"] == 30


def test_unprotected() -> None:
    plan = redis_plan()
    assert "finalSnapshotIdentifier" not in group(plan)
    assert group(plan)["applyImmediately"] is True
    assert not one(plan.phases["deployed"], GROUP).protect


@pytest.mark.parametrize(("protect", "apply", "now"), [(True, "now", True), (False, "window", False)])
def test_changes_wait_for_the_window_or_not(protect: bool, apply: str, now: bool) -> None:
    plan = redis_plan(protect=protect, apply=apply)
    assert group(plan)["applyImmediately"] is now
    # The parameter group of an old version stays as long as the store may still use it.
    assert one(plan.phases["deployed"], PARAMETERS).retain_on_delete


def test_snapshots_and_windows() -> None:
    inputs = group(redis_plan(snapshot_days=3))
    assert inputs["snapshotRetentionLimit"] == 3
    assert (inputs["snapshotWindow"], inputs["maintenanceWindow"]) == ("03:00-04:00", "sun:04:30-sun:05:30")


def test_a_replacement_waits_for_its_name() -> None:
    assert one(redis_plan().phases["deployed"], GROUP).delete_before_replace is True


def test_parameters_in_the_order_of_their_names() -> None:
    plan = redis_plan(parameters={"timeout": "300", "maxmemory-policy": "allkeys-lru"})
    assert one(plan.phases["preview"], PARAMETERS).inputs["parameters"] == [
        {"name": "maxmemory-policy", "value": "allkeys-lru"},
        {"name": "timeout", "value": "300"},
    ]


@pytest.mark.parametrize(
    ("settings", "cpu"),
    [
        ({"replicas": 1}, ["CPUUtilization", "test-cache-001", "test-cache-002"]),
        ({"node": "cache.r7g.xlarge"}, ["EngineCPUUtilization", "test-cache-001"]),
    ],
)
def test_metrics_of_each_node(settings: dict[str, Any], cpu: list[str]) -> None:
    """With more than two vCPUs, the engine's one thread is saturated long before the CPU."""
    plan = redis_plan(**settings)
    assert plan.phases["deployed"].outputs["cpu"] == cpu
    # Their number comes from the settings, their ids from AWS.
    assert plan.phases["preview"].outputs["cpu"] == [cpu[0], *[UNKNOWN for _ in cpu[1:]]]


def test_nodes_are_those_that_aws_lists() -> None:
    """When there are fewer replicas, AWS chooses which node goes; the next one gets a new number."""

    def nodes(members: list[str], count: int) -> list[str]:
        def program() -> None:
            pulumi.export("nodes", redis_nodes("test-cache", pulumi.Output.from_input(members), nodes=count))

        return record(program).phases["deployed"].outputs["nodes"]

    assert nodes(["test-cache-002"], 1) == ["test-cache-002"]
    assert nodes(["test-cache-003", "test-cache-001"], 2) == ["test-cache-001", "test-cache-003"]
    assert nodes(["test-cache-001"], 2) == ["test-cache-001", "test-cache-002"]
