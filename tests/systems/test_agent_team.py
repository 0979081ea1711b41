"""System 2, agent-team: every line of its table, and the exact network paths."""

from __future__ import annotations

from typing import Any

import pytest

from policy.guardrails import load_config
from preview import run
from preview.network_paths import network_paths
from preview.policies import judge
from tests.stacks import planned, varied
from tests.systems.every_system import COMMON
from tests.systems.lines import Line, check, of, taken_out
from tests.systems.team import compute, data, entry

FILE = "systems/agent-team.yaml"
TABLE = [
    "api-gateway -> cache:6379",
    "api-gateway -> main:5432",
    "api-gateway -> workflow-engine:50051",
    "http-api -> load-balancer:443",
    "load-balancer -> api-gateway:8000",
    "workflow-engine -> 0.0.0.0/0:443",
    "workflow-engine -> cache:6379",
    "workflow-engine -> main:5432",
]
# Beside the table's: images and AWS's APIs are reached over NAT.
BESIDE = ["api-gateway -> 0.0.0.0/0:443"]
PATHS = sorted([*TABLE, *BESIDE])

LINES = (
    *COMMON,
    Line(
        "network: two zones, a NAT each, data in its own subnets",
        entry.network,
        ("networking:Network", "NatGateway::network-nat-0", "network-isolated-0"),
    ),
    Line(
        "entry: HTTP API, VPC link, internal load balancer",
        entry.http_api,
        ("edge:HttpApi", ":VpcLink", ":Integration", "edge:LoadBalancer", "edge:Route"),
    ),
    Line("entry: CORS", entry.cors, ("edge:HttpApi",)),
    Line("entry: access logs, throttling, detailed metrics", entry.limits_and_logs, (":Stage", "http-api-access-log")),
    Line("entry: HTTP redirects to HTTPS", entry.redirect, ("load-balancer-http",)),
    Line(
        "entry: nothing but the API is public",
        entry.nothing_else_is_public,
        ("compute:Service", "edge:LoadBalancer", ":NatGateway"),
    ),
    Line(
        "compute: two services on Fargate",
        compute.services,
        ("service:Service::api-gateway", "service:Service::workflow-engine", "compute:Cluster"),
    ),
    Line(
        "compute: gRPC over Service Connect",
        compute.service_connect,
        (
            "compute:ServiceConnectNamespace",
            ":HttpNamespace",
            "compute:Service::workflow-engine",
            "compute:Service::api-gateway",
        ),
    ),
    Line("compute: container health checks", compute.health_checks, ("api-gateway-task", "workflow-engine-task")),
    Line("compute: Spot with an on-demand base", compute.spot, ("compute:Service", "cluster-capacity")),
    Line(
        "compute: autoscaling",
        compute.autoscaling,
        ("Autoscaling::api-gateway-scaling", "Autoscaling::workflow-engine-scaling"),
    ),
    Line(
        "compute: two repositories",
        compute.repositories,
        ("Repository::api-gateway-repository", "Repository::workflow-engine-repository"),
    ),
    Line("data: PostgreSQL", data.database, ("data:Postgres", "rds/subnetGroup:SubnetGroup", "data:Key", "main-url")),
    Line("data: Redis", data.redis, ("data:Redis", ":ReplicationGroup", "cache-subnets", "cache-url")),
    Line("secrets: SSM parameters", compute.parameters, ("data:Parameter", "data:Key")),
    Line(
        "secrets: who reads them",
        compute.who_reads_secrets,
        ("data:Parameter", "data:Redis", "api-gateway-task-execution", "workflow-engine-task-execution"),
    ),
    Line("environment: api-gateway", compute.api_environment, ("data:Postgres", "data:Redis", "api-gateway-task")),
    Line(
        "environment: workflow-engine",
        compute.engine_environment,
        ("data:Postgres", "data:Redis", "workflow-engine-task"),
    ),
    Line("observability: logs for 7 days", compute.logs, ("api-gateway-task-logs", "workflow-engine-task-logs")),
    Line("observability: dashboard", compute.dashboard, ("observability:Dashboard", ":LogMetricFilter")),
    Line(
        "outputs",
        data.outputs,
        ("edge:HttpApi", "edge:LoadBalancer", ":Repository", "data:Postgres", "data:Redis", ":Cluster"),
    ),
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line(line: Line) -> None:
    check(line, planned(FILE))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line_fails_without_its_component(line: Line) -> None:
    assert taken_out(line, planned(FILE)) == []


def test_network_paths() -> None:
    for phase in planned(FILE).phases.values():
        assert [str(path) for path in network_paths(phase)] == PATHS


def test_nothing_is_reachable_from_addresses() -> None:
    for phase in planned(FILE).phases.values():
        assert not [
            path for path in network_paths(phase) if "/" in path.client or path.client in ("prefix list", "unknown")
        ]


def test_the_strict_profile_finds_nothing_mandatory_and_exempts_nothing() -> None:
    strict = load_config(run.ROOT / "policy" / "profiles" / "strict.json")
    for name, phase in judge(planned(FILE), strict).phases.items():
        report = phase.report
        assert report is not None
        assert report.exempted == ()
        # The applications sign their users in by themselves, and read one URL with its password.
        assert {f.policy for f in report.violations} == {"api-route-authorised", "database-password-managed"}
        assert {f.level for f in report.violations} == {"advisory"}
        assert name == "preview" or report.undecided == ()


def test_what_is_optional_is_switched_on_by_settings() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["edge"]["http_api"]["domain"] = {"name": "api.team.example.com", "zone": "Z0EXAMPLE1TEAM"}
        areas["networking"]["endpoints"] = ["ecr.api", "ecr.dkr", "logs"]
        areas["compute"]["services"]["workflow-engine"]["spot"] = False

    plan = varied(FILE, change)
    assert of(plan, "apigatewayv2/domainName:DomainName").inputs["domainName"] == "api.team.example.com"
    # With a name of its own there is no way around it.
    assert of(plan, ":Api").inputs["disableExecuteApiEndpoint"] is True
    assert plan.phases["deployed"].outputs["api_url"] == "https://api.team.example.com"
    endpoints = {
        r.inputs["serviceName"].rpartition("us-east-1.")[2]
        for r in plan.phases["deployed"].of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
        if r.inputs["vpcEndpointType"] == "Interface"
    }
    assert endpoints == {"ecr.api", "ecr.dkr", "logs"}
    strategies = of(plan, "ecs/service:Service", "workflow-engine").inputs["capacityProviderStrategies"]
    assert [item["weight"] for item in strategies] == [1, 0]
