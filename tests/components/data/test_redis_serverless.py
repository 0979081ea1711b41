"""Serverless Redis: encryption, authentication by password, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.data.redis import Redis
from components.data.redis_serverless import RedisServerless
from components.data.redis_serverless_monitoring import serverless_metrics
from preview.plan import Plan
from settings.data.redis_serverless import Serverless
from tests.components.data.redis_stores import (
    ACCESS,
    CACHE,
    KEY,
    SECRET,
    TOKEN,
    USER,
    USERS,
    VALUE,
    arguments,
    redis_plan,
    urls,
)
from tests.recording import children, one


def serverless(**settings: Any) -> Plan:
    return redis_plan(**{"serverless": {}, **settings})


def cache(plan: Plan, phase: str = "deployed") -> dict[str, Any]:
    return one(plan.phases[phase], CACHE).inputs  # type: ignore[index]


def test_children() -> None:
    for phase in serverless().phases.values():
        assert children(phase) == [
            (ACCESS, "cache-access"),
            (CACHE, "cache"),
            (USER, "cache-users-app"),
            (USER, "cache-users-default"),
            (USERS, "cache-users"),
            (SECRET, "cache-url"),
            (VALUE, "cache-url-value"),
            (TOKEN, "cache-users-default-password"),
            (TOKEN, "cache-users-password-1"),
        ]


def test_encrypted_with_the_given_key() -> None:
    assert cache(serverless(), "preview")["kmsKeyId"] == KEY


def test_users_log_in() -> None:
    """Without a group, a serverless cache lets anybody in."""
    plan = serverless()
    assert cache(plan)["userGroupId"] == one(plan.phases["deployed"], USERS).inputs["userGroupId"]


@pytest.mark.parametrize(("subnets", "used"), [(2, 2), (3, 3), (4, 3)])
def test_in_up_to_three_of_the_given_subnets_and_in_its_own_security_group(subnets: int, used: int) -> None:
    plan = serverless(subnets=subnets)
    assert cache(plan)["subnetIds"] == ["subnet-a", "subnet-b", "subnet-c"][:used]
    assert cache(plan)["securityGroupIds"] == [one(plan.phases["deployed"], ACCESS).id]
    assert not {"ingress", "egress"} & one(plan.phases["deployed"], ACCESS).inputs.keys()


@pytest.mark.parametrize(
    ("settings", "overrides", "message"),
    [({"serverless": {}}, {"subnet_ids": ["subnet-a"]}, "it needs two"), ({}, {}, "has nodes; create a Redis")],
)
def test_refused(settings: dict[str, Any], overrides: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RedisServerless("cache", arguments(settings, **overrides))


def test_nodes_are_not_serverless() -> None:
    with pytest.raises(ValueError, match="is serverless; create a RedisServerless"):
        Redis("cache", arguments({"serverless": {}}))


@pytest.mark.parametrize(
    ("limits", "gb", "units"), [({}, 1, 5000), ({"max_gb": 20, "max_ecpu_per_second": 15_000}, 20, 15_000)]
)
def test_limits(limits: dict[str, int], gb: int, units: int) -> None:
    usage_limits = cache(serverless(serverless=limits))["cacheUsageLimits"]
    assert usage_limits == {"dataStorage": {"maximum": gb, "unit": "GB"}, "ecpuPerSeconds": [{"maximum": units}]}


@pytest.mark.parametrize(
    ("settings", "engine"),
    [({}, ("valkey", "8")), ({"version": "7.2"}, ("valkey", "7")), ({"engine": "redis"}, ("redis", "7"))],
)
def test_engine(settings: dict[str, Any], engine: tuple[str, str]) -> None:
    inputs = cache(serverless(**settings))
    assert (inputs["engine"], inputs["majorEngineVersion"]) == engine


def test_snapshots_begin_with_the_window() -> None:
    inputs = cache(serverless(snapshot_days=3, snapshot_window="01:30-02:30"))
    assert (inputs["snapshotRetentionLimit"], inputs["dailySnapshotTime"]) == (3, "01:30")


def test_no_snapshots() -> None:
    inputs = cache(serverless(snapshot_days=0))
    assert inputs["snapshotRetentionLimit"] == 0
    assert "dailySnapshotTime" not in inputs


def test_the_secret_holds_whole_urls_with_every_accepted_password() -> None:
    plan = serverless(tokens=[1, 2])
    phase = plan.phases["deployed"]
    host = one(phase, CACHE).outputs["endpoints"][0]["address"]
    passwords = {n: one(phase, TOKEN, f"cache-users-password-{n}").outputs["result"] for n in (1, 2)}
    expected = {f"url_app_{n}": f"rediss://app:{password}@{host}:6379/0" for n, password in passwords.items()}
    assert urls(plan) == {"host": host, "port": 6379, **expected}
    assert phase.outputs["secrets"] == {"REDIS_URL": f"{one(phase, SECRET).outputs['arn']}:url_app_2::"}
    assert phase.outputs["endpoint"] == f"{host}:6379"
    assert phase.outputs["identifier"] == one(phase, CACHE).inputs["name"] == "test-cache"
    assert all(password not in json.dumps(plan.to_json()) for password in passwords.values())


def test_replicas_are_read_on_another_port() -> None:
    """Clients that connect to every node in CLUSTER SLOTS would otherwise wait until a timeout."""
    assert serverless().phases["preview"].outputs["ports"] == [6379, 6380]
    assert redis_plan().phases["preview"].outputs["ports"] == [6379]


@pytest.mark.parametrize("protect", [True, False])
def test_protected(protect: bool) -> None:
    phase = serverless(protect=protect).phases["deployed"]
    assert bool(one(phase, CACHE).protect) is protect
    assert one(phase, SECRET).inputs["recoveryWindowInDays"] == (30 if protect else 0)


def test_a_replacement_waits_for_its_name() -> None:
    assert one(serverless().phases["deployed"], CACHE).delete_before_replace is True


def test_metrics() -> None:
    """CloudWatch calls the dimension clusterId; the API's name for it has no metrics."""
    metrics = serverless_metrics("test-cache", Serverless(max_gb=2))
    series = [metrics.data, metrics.units, metrics.throttled, metrics.evictions, metrics.connections]
    assert {(m.namespace, *m.dimensions.items()) for m in series} == {("AWS/ElastiCache", ("clusterId", "test-cache"))}
    assert (metrics.max_bytes, metrics.max_units_per_s) == (2_000_000_000, 5000)
