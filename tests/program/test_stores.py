"""A whole stack with Redis and secret parameters: how they are joined, and that the strict profile passes on it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.guarantees_stores import ROWS
from tests.program.mutations import Draft
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.stacks import SMALL, varied
from tests.systems.lines import container, document, of

FILE = SMALL


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["redis"] = {"cache": {"replicas": 1}}
        areas["compute"]["services"]["api"]["connects_to"].append("cache")
        areas["data"]["secrets"] = {**areas["data"].get("secrets", {}), "SUPABASE_JWT_SECRET": {"store": "parameter"}}
        areas["compute"]["services"]["api"]["secrets"] = {"SUPABASE_JWT_SECRET": "SUPABASE_JWT_SECRET"}
        areas["outputs"] |= {
            "supabase": "secret.SUPABASE_JWT_SECRET.arn",
            "redis_endpoint": "redis.cache.endpoint",
            "redis_address": "redis.cache.address",
            "redis_identifier": "redis.cache.identifier",
            "redis_secret": "redis.cache.secret_arn",
        }

    return varied(FILE, change)


def test_paths() -> None:
    for phase in extended().phases.values():
        assert [str(path) for path in network_paths(phase)] == sorted([*PATHS[FILE], "api -> cache:6379"])


def test_the_service_gets_the_url_from_its_secret() -> None:
    secret = of(extended(), "secretsmanager/secret:Secret", "cache-url").outputs["arn"]
    found = {entry["name"]: entry["valueFrom"] for entry in container(extended(), "api")["secrets"]}
    assert found["REDIS_URL"] == f"{secret}:url_1::"
    statements = document(of(extended(), ":RolePolicy", "api-task-execution-policy"), "policy")["Statement"]
    assert any(s["Action"] == ["secretsmanager:GetSecretValue"] and s["Resource"] == [secret] for s in statements)


def test_the_service_gets_the_parameter_and_may_read_this_one_only() -> None:
    parameter = of(extended(), "ssm/parameter:Parameter")
    arn = parameter.outputs["arn"]
    assert parameter.inputs["name"] == "/prod/SUPABASE_JWT_SECRET"
    assert parameter.inputs["keyId"] == of(extended(), "kms/key:Key", "data").outputs["arn"]
    found = {entry["name"]: entry["valueFrom"] for entry in container(extended(), "api")["secrets"]}
    assert found["SUPABASE_JWT_SECRET"] == arn == extended().phases["deployed"].outputs["supabase"]
    statements = document(of(extended(), ":RolePolicy", "api-task-execution-policy"), "policy")["Statement"]
    (may,) = [s for s in statements if "ssm:GetParameters" in s["Action"]]
    assert may["Resource"] == [arn]


def test_in_isolated_subnets_with_a_name_of_at_most_40_characters() -> None:
    isolated = [of(extended(), "ec2/subnet:Subnet", f"network-isolated-{i}").id for i in range(3) if i < 2]
    assert of(extended(), "elasticache/subnetGroup:SubnetGroup").inputs["subnetIds"][:2] == isolated
    assert len(of(extended(), ":ReplicationGroup").inputs["replicationGroupId"]) <= 40


def test_outputs() -> None:
    outputs = extended().phases["deployed"].outputs
    group = of(extended(), ":ReplicationGroup")
    host = group.outputs["primaryEndpointAddress"]
    assert (outputs["redis_endpoint"], outputs["redis_address"]) == (f"{host}:6379", host)
    assert outputs["redis_identifier"] == group.inputs["replicationGroupId"]
    assert outputs["redis_secret"] == of(extended(), "secretsmanager/secret:Secret", "cache-url").outputs["arn"]


def test_watched() -> None:
    names = {record.name for record in extended().phases["deployed"].records}
    assert {f"cache-alarms-{what}" for what in ("cpu", "memory", "evictions", "connections")} <= names
    widgets = json.loads(of(extended(), ":Dashboard").inputs["dashboardBody"])["widgets"]
    titles = [widget["properties"].get("markdown") for widget in widgets]
    assert "## Redis cache" in titles


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}


def test_a_proxy_and_a_file_system_are_watched() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"]["main"]["proxy"] = {}
        points = {"access_points": {"all": {"uid": 1000, "gid": 1000}}}
        areas["data"]["file_systems"] = {"fixed": {"throughput": 64, **points}, "elastic": points}

    deployed = varied(SMALL, change).phases["deployed"]
    names = {record.name for record in deployed.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")}
    assert names >= {
        "main-proxy-alarms-borrow-latency",
        "main-proxy-alarms-failed-connections",
        "fixed-alarms-operations",
        "fixed-alarms-throughput",
        "elastic-alarms-operations",
    }
    assert "elastic-alarms-throughput" not in names
