"""What the default stacks go without, and the switch that brings each of it back."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from policy.guardrails.config import parse_config
from policy.guardrails.evaluation import RULES_BY_ID
from preview import inventory, policies, run
from preview.plan import Phase, Plan
from settings import edge
from tests.stacks import SMALL, SMALL_DEV, planned, varied

ALIAS = "aws:kms/alias:Alias"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
QUERY = "aws:cloudwatch/queryDefinition:QueryDefinition"
LOGS = "load-balancer-logs"


@cache
def lean() -> Plan:
    """The small stack behind an HTTP API, with defaults only."""
    return varied(SMALL_DEV, lambda areas: areas.update(edge={"http_api": {}}))


@cache
def switched() -> Plan:
    """The same stack with everything on."""

    def change(areas: dict[str, Any]) -> None:
        areas["networking"]["endpoints"] = ["dynamodb"]
        areas["edge"] = {"http_api": {"throttle": {}}, "load_balancer": {"access_logs": True}}
        areas["observability"] = {"queries": True, "dashboards": "areas"}

    return varied(SMALL_DEV, change)


def names(phase: Phase, type_: str) -> set[str]:
    return {record.name for record in phase.of_type(type_)}


SWITCHES = {
    "saved queries": (
        QUERY,
        {f"queries-{what}" for what in ("errors", "one-request", "slowest-requests", "rejected-flows")},
    ),
    "dashboards": (DASHBOARD, {"dashboard-services", "dashboard-data", "dashboard-application"}),
    "access logs": ("aws:s3/bucket:Bucket", {LOGS}),
    "DynamoDB": (ENDPOINT, {"network-endpoints-dynamodb"}),
    "throttled requests": (FILTER, {"http-api-throttled", "http-api-throttled-by-route"}),
}


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize("what", SWITCHES)
def test_off_by_default_and_on_where_it_is_asked_for(what: str, phase: Any) -> None:
    type_, expected = SWITCHES[what]
    without, with_ = (names(plan.phases[phase], type_) for plan in (lean(), switched()))
    assert not without & expected
    assert with_ - without >= expected


@pytest.mark.parametrize(("file", "most"), list(zip(inventory.FILES, (125, 108), strict=True)))
def test_no_more_resources_than_counted(file: str, most: int) -> None:
    assert sum(record.custom for record in planned(file).phases["preview"].records) <= most


@pytest.mark.parametrize(
    ("settings", "logs"),
    [
        ({}, True),
        ({"http_api": {}}, False),
        ({"http_api": {}, "load_balancer": {"access_logs": True}}, True),
        ({"http_api": {}, "load_balancer": {"scheme": "internet-facing"}}, True),
        ({"load_balancer": {"scheme": "internal"}}, True),
        ({"load_balancer": {"access_logs": False}}, False),
        ({"distribution": {}}, False),
        ({"distribution": {"origin": "public"}}, True),
        ({"distribution": {}, "load_balancer": {"access_logs": True}}, True),
    ],
)
def test_access_logs_of_the_load_balancer(settings: dict[str, Any], logs: bool) -> None:
    """By default off only where the load balancer is internal and what is in front of it logs the same requests."""
    parsed = edge.Edge.model_validate(settings)
    assert parsed.logs_load_balancer(parsed.scheme) is logs
    # A second, public one is never behind the API that logs.
    assert parsed.logs_load_balancer("internet-facing") is (parsed.load_balancer.access_logs is not False)


def test_the_load_balancer_writes_where_its_settings_say() -> None:
    assert "accessLogs" not in lean().phases["deployed"].of_type(BALANCER)[0].inputs
    assert switched().phases["deployed"].of_type(BALANCER)[0].inputs["accessLogs"]["enabled"] is True


def test_the_rule_on_internal_load_balancers_sees_both() -> None:
    rule = "internal-load-balancer-access-logs"
    config = parse_config({"all": "disabled", rule: {"enforcementLevel": "mandatory"}}, RULES_BY_ID)
    found = []
    for plan in (lean(), switched()):
        report = policies.judge(plan, config).phases["deployed"].report
        assert report is not None
        found.append([finding.urn.rpartition("::")[2] for finding in report.violations])
    assert found == [["load-balancer"], []]
    for profile in ("baseline", "strict"):
        rules = json.loads((run.ROOT / f"policy/profiles/{profile}.json").read_text())
        assert rules[rule] == {"enforcementLevel": "disabled"}


def test_no_key_has_an_alias() -> None:
    for plan in (planned(SMALL), planned(SMALL_DEV)):
        assert plan.phases["deployed"].of_type("aws:kms/key:Key")
        assert not plan.phases["deployed"].of_type(ALIAS)


def test_without_internet_services_reach_dynamodb_through_its_gateway_only_where_there_is_one() -> None:
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1"

    def closed(*endpoints: str) -> Phase:
        def change(areas: dict[str, Any]) -> None:
            areas["networking"] |= {"nat": "none", "egress": "aws-only", "endpoints": endpoints}
            areas["compute"]["services"]["api"]["image"] = image

        return varied(SMALL, change).phases["deployed"]

    without, with_ = closed(), closed("dynamodb")
    (rule,) = [r for r in with_.of_type(EGRESS) if r.name == "api-to-dynamodb-egress"]
    (gateway,) = [r for r in with_.of_type(ENDPOINT) if r.name == "network-endpoints-dynamodb"]
    assert rule.inputs["prefixListId"] == gateway.outputs["prefixListId"]
    assert rule.inputs["description"] == "api to DynamoDB"
    assert names(with_, EGRESS) - names(without, EGRESS) == {"api-to-dynamodb-egress"}
