"""A whole stack behind a distribution: nobody but CloudFront reaches the load balancer, and the pack agrees."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from preview import run, stackfile
from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.guarantees_distribution import ROWS
from tests.program.mutations import Draft
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.settings.broken import SOUND
from tests.stacks import SMALL, varied
from tests.systems.lines import document, of

FILE = SMALL
LISTENER = "aws:lb/listener:Listener"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ZONE = "Z0EXAMPLE1"


@cache
def stack(origin: str = "vpc", web_acl: bool = True) -> Plan:
    """The prod stack with a distribution before its load balancer."""

    def change(areas: dict[str, Any]) -> None:
        front: dict[str, Any] = {
            "certificate": {"domain": "app.example.com", "zone": ZONE, "names": ["www.example.com"]},
            "paths": {"/api/*": {"cache": "none"}, "/static/*": {"cache": "optimized"}},
            "origin": origin,
        }
        if web_acl:
            front["web_acl"] = {}
        areas["edge"] = {
            "load_balancer": {"certificate": {"domain": "origin.example.com", "zone": ZONE}},
            "distribution": front,
        }
        areas["outputs"] = {
            "url": "distribution.url",
            "domain_name": "distribution.domain_name",
            "id": "distribution.id",
            "api": "service.api.url",
            **({"acl": "web_acl.arn"} if web_acl else {}),
        }

    return varied(FILE, change)


@pytest.mark.parametrize("origin", ["vpc", "public"])
def test_only_cloudfront_reaches_the_load_balancer(origin: str) -> None:
    kept = [path for path in PATHS[FILE] if not path.startswith("0.0.0.0/0 -> load-balancer")]
    assert len(kept) < len(PATHS[FILE])
    for phase in stack(origin).phases.values():
        assert [str(path) for path in network_paths(phase)] == sorted([*kept, "CloudFront -> load-balancer:443"])
        assert not [r.name for r in phase.of_type(INGRESS) if "cidrIpv4" in r.inputs or "cidrIpv6" in r.inputs]
        assert {r.inputs["port"] for r in phase.of_type(LISTENER)} == {443}


def test_load_balancer_is_internal_and_waits_for_no_public_subnet() -> None:
    balancer = of(stack(), "lb/loadBalancer:LoadBalancer")
    private = {of(stack(), "ec2/subnet:Subnet", f"network-private-{i}").id for i in range(2)}
    assert balancer.inputs["internal"] is True
    assert private <= set(balancer.inputs["subnets"])


def test_distribution_calls_the_load_balancer_by_the_name_on_its_certificate() -> None:
    front = of(stack(), ":Distribution")
    (origin,) = front.inputs["origins"]
    certificate = of(stack(), "acm/certificate:Certificate", "load-balancer-certificate")
    assert origin["domainName"] == certificate.inputs["domainName"] == "origin.example.com"
    endpoint = of(stack(), ":VpcOrigin").inputs["vpcOriginEndpointConfig"]
    assert endpoint["arn"] == of(stack(), "lb/loadBalancer:LoadBalancer").outputs["arn"]
    assert origin["vpcOriginConfig"]["originReadTimeout"] == 30
    assert origin["vpcOriginConfig"]["originKeepaliveTimeout"] < of(stack(), ":LoadBalancer").inputs["idleTimeout"]


def test_vpc_origin_waits_for_the_internet_gateway_and_the_distribution_for_the_rules() -> None:
    gateway = of(stack(), ":InternetGateway")
    assert gateway.urn in of(stack(), ":VpcOrigin").dependencies
    rule = of(stack(), ":ListenerRule")
    assert rule.urn in of(stack(), ":Distribution").dependencies


def test_public_origin_takes_nothing_without_the_secret_header() -> None:
    plan = stack("public")
    assert of(plan, ":LoadBalancer").inputs["internal"] is False
    (header,) = of(plan, ":Distribution").inputs["origins"][0]["customHeaders"]
    for rule in plan.phases["deployed"].of_type("aws:lb/listenerRule:ListenerRule"):
        values = [c["httpHeader"] for c in rule.inputs["conditions"] if "httpHeader" in c]
        assert values == [{"httpHeaderName": header["name"], "values": [header["value"]]}]
        assert rule.secret
    # Whoever comes without it meets the listener's own answer.
    assert of(plan, ":Listener").inputs["defaultActions"][0]["fixedResponse"]["statusCode"] == "404"


@cache
def with_web_app() -> Plan:
    """The same before an Amplify app with a password, in a region of its own."""

    def change(areas: dict[str, Any]) -> None:
        areas["edge"] = {
            "load_balancer": {"certificate": {"domain": "origin.example.com", "zone": ZONE}, "redirect_http": False},
            "distribution": {
                "certificate": {"domain": "app.example.com", "zone": ZONE},
                "default": "amplify",
                "paths": {"/api/*": {"cache": "none"}},
                "web_acl": {},
            },
            "amplify": {"branches": {"main": {}}, "basic_auth": {"username": "team"}},
        }

    return varied(FILE, change)


def test_what_no_path_names_goes_to_the_web_app_with_its_password() -> None:
    front, app, branch = (of(with_web_app(), kind) for kind in (":Distribution", "amplify/app:App", ":Branch"))
    origins = {origin["originId"]: origin for origin in front.inputs["origins"]}
    assert origins["amplify"]["domainName"] == f"{branch.inputs['branchName']}.{app.outputs['defaultDomain']}"
    (header,) = origins["amplify"]["customHeaders"]
    assert (header["name"], header["value"].partition(" ")[0]) == ("Authorization", "Basic")
    assert any(path.startswith("origins") for path in front.secret)
    assert front.inputs["defaultCacheBehavior"]["targetOriginId"] == "amplify"
    assert [b["targetOriginId"] for b in front.inputs["orderedCacheBehaviors"]] == ["load_balancer"]


def test_outputs() -> None:
    outputs = stack().phases["deployed"].outputs
    front = of(stack(), ":Distribution")
    assert outputs["url"] == "https://app.example.com"
    assert outputs["api"].startswith("https://app.example.com")
    assert (outputs["id"], outputs["domain_name"]) == (front.id, front.outputs["domainName"])
    assert outputs["acl"] == front.inputs["webAclId"]


def test_web_acl_stands_in_us_east_1_with_its_log() -> None:
    acl = of(stack(), "wafv2/webAcl:WebAcl")
    assert (acl.inputs["scope"], acl.inputs["region"]) == ("CLOUDFRONT", "us-east-1")
    log = of(stack(), "cloudwatch/logGroup:LogGroup", "edge-web-acl-log")
    assert log.inputs["region"] == "us-east-1"
    assert log.inputs["name"].startswith("aws-waf-logs-")
    assert "webAclId" not in of(stack(web_acl=False), ":Distribution").inputs


def test_dashboard_shows_the_distribution_from_us_east_1() -> None:
    shown = [
        line
        for record in stack().phases["deployed"].of_type("aws:cloudwatch/dashboard:Dashboard")
        for widget in document(record, "dashboardBody")["widgets"]
        for line in widget["properties"].get("metrics", ())
        if line[0] == "AWS/CloudFront"
    ]
    assert {line[1] for line in shown} == {"Requests", "4xxErrorRate", "5xxErrorRate", "BytesDownloaded"}
    assert {line[-1]["region"] for line in shown} == {"us-east-1"}


def test_alarm_stands_beside_whom_it_tells() -> None:
    alarm = of(stack(), ":MetricAlarm", "distribution-alarms-5xx")
    assert alarm.inputs["dimensions"] == {"DistributionId": of(stack(), ":Distribution").id, "Region": "Global"}
    assert (alarm.inputs["metricName"], alarm.inputs["threshold"]) == ("5xxErrorRate", 5)
    assert all(action.split(":")[3] == "us-east-1" for action in alarm.inputs["alarmActions"])


def test_elsewhere_than_in_us_east_1_there_is_no_alarm(tmp_path: Path) -> None:
    """It would stand in CloudFront's region, and could tell no topic of the stack's."""
    config = {
        **SOUND,
        "aws:region": "eu-west-1",
        "agent-platform:networking": {"cidr": "10.20.0.0/16", "zones": ["eu-west-1a", "eu-west-1b"]},
        "agent-platform:edge": {
            "load_balancer": {"certificate": {"domain": "origin.example.com", "zone": ZONE}},
            "distribution": {"certificate": {"domain": "app.example.com", "zone": ZONE}},
        },
    }
    file = tmp_path / "Pulumi.there.yaml"
    file.write_text(yaml.safe_dump({"config": config}))
    plan = run.plan(stackfile.read(file, "agent-platform"), project="agent-platform", phases=("preview", "deployed"))
    deployed = plan.phases["deployed"]
    assert not [r.name for r in deployed.records if r.name.startswith("distribution-alarms")]
    certificates = {r.name: r.inputs.get("region") for r in deployed.of_type("aws:acm/certificate:Certificate")}
    assert certificates == {"distribution-certificate": "us-east-1", "load-balancer-certificate": None}


def test_secret_header_is_secret_wherever_it_stands() -> None:
    deployed = stack("public").phases["deployed"]
    header = of(stack("public"), "random:index/randomPassword:RandomPassword").outputs["result"]
    holders = [r for r in deployed.records if header in json.dumps(r.inputs, default=str)]
    assert {r.type.rpartition(":")[2] for r in holders} == {"Distribution", "ListenerRule"}
    for found in holders:
        (prop,) = [key for key, value in found.inputs.items() if header in json.dumps(value, default=str)]
        assert any(path.startswith(prop) for path in found.secret), found.name


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    plan = with_web_app()
    phase = plan.phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(plan, phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(plan, draft.done(), row.rule)}
