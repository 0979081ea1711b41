"""A whole stack in a VPC, with a certificate and a repository, that exist already."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from policy.guardrails import PackConfig, Report
from policy.guardrails.config import parse_config
from policy.guardrails.evaluation import RULES_BY_ID
from preview import policies
from preview.network_paths import network_paths
from preview.plan import Plan
from preview.run import ROOT
from tests.settings.broken_existing import EXISTING, existing
from tests.stacks import SMALL, varied
from tests.systems.lines import of

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
REPOSITORY = "arn:aws:ecr:us-east-1:999999999999:repository/shared/api"
THEIRS = {"services": ["logs", "ecr.api"], "security_group_id": "sg-0a1b2c3d4e5f67890"}
TODAY = date(2026, 11, 21)
PLACEMENT = ("compute-in-private-subnets", "data-in-private-subnets", "load-balancer-placement")
NETWORK_TYPES = ("vpc", "subnet", "routeTable", "route", "natGateway", "internetGateway", "eip", "flowLog")
URN = "urn:pulumi:prod::agent-platform::"


@cache
def stack(closed: bool = False) -> Plan:
    """The prod stack with an HTTP API and Redis in an existing VPC."""

    def change(areas: dict[str, Any]) -> None:
        inside = {"s3_prefix_list_id": "pl-63a5400a", "endpoints": THEIRS} if closed else {}
        areas["networking"] = existing(egress="aws-only" if closed else "internet", existing=inside)
        areas["edge"] = {
            "load_balancer": {"certificate": {"arn": CERTIFICATE, "domain": "origin.example.com"}},
            "http_api": {},
        }
        areas["data"]["redis"] = {"cache": {"replicas": 1}}
        api = areas["compute"]["services"]["api"]
        del api["image"]
        api |= {"tag": "3f2c1ab", "repository": {"existing": REPOSITORY}, "connects_to": ["main", "cache"]}
        areas["outputs"] |= {"repository": "repository.api.url", "data_subnets": "network.isolated_subnet_ids"}

    return varied(SMALL, change)


def judged(config: PackConfig) -> dict[str, Report]:
    plan = policies.judge(stack(), config, TODAY)
    return {name: phase.report for name, phase in plan.phases.items() if phase.report is not None}


def strict(**rules: Any) -> PackConfig:
    profile = json.loads((ROOT / "policy/profiles/strict.json").read_text())
    for rule, changes in rules.items():
        name = rule.replace("_", "-")
        profile[name] = {**profile.get(name, {}), **changes}
    return parse_config(profile, RULES_BY_ID)


def test_no_network_is_made() -> None:
    for phase in stack().phases.values():
        made = {record.type for record in phase.records}
        assert not made & {f"aws:ec2/{kind}:{kind[0].upper()}{kind[1:]}" for kind in NETWORK_TYPES}
        assert not [record.name for record in phase.records if record.custom and record.name.startswith("network")]


def test_everything_stands_in_the_given_subnets() -> None:
    plan = stack()
    private, isolated = EXISTING["private_subnet_ids"], EXISTING["isolated_subnet_ids"]
    assert of(plan, ":Service", "api").inputs["networkConfiguration"]["subnets"] == private
    assert of(plan, ":LoadBalancer").inputs["subnets"] == private
    assert of(plan, ":VpcLink").inputs["subnetIds"] == private
    assert of(plan, "rds/subnetGroup:SubnetGroup").inputs["subnetIds"] == isolated
    assert of(plan, "elasticache/subnetGroup:SubnetGroup").inputs["subnetIds"] == isolated
    groups = plan.phases["deployed"].of_type("aws:ec2/securityGroup:SecurityGroup")
    assert len(groups) >= 5
    assert {group.inputs["vpcId"] for group in groups} == {EXISTING["vpc_id"]}


def test_outputs() -> None:
    outputs = stack().phases["deployed"].outputs
    assert outputs["vpc_id"] == EXISTING["vpc_id"]
    assert outputs["data_subnets"] == EXISTING["isolated_subnet_ids"]
    assert outputs["repository"] == "999999999999.dkr.ecr.us-east-1.amazonaws.com/shared/api"


def test_the_image_comes_from_the_existing_repository_and_from_no_other() -> None:
    plan = stack()
    assert not [record.name for record in plan.phases["deployed"].records if "ecr/" in record.type]
    task = json.loads(of(plan, ":TaskDefinition", "api-task").inputs["containerDefinitions"])
    assert [container["image"] for container in task] == [
        "999999999999.dkr.ecr.us-east-1.amazonaws.com/shared/api:3f2c1ab"
    ]
    policy = json.loads(of(plan, ":RolePolicy", "api-task-execution-policy").inputs["policy"])
    pulls = [s["Resource"] for s in policy["Statement"] if "ecr:BatchGetImage" in s["Action"]]
    assert pulls == [[REPOSITORY]]


def test_a_certificate_by_arn_serves_listener_and_api() -> None:
    plan = stack()
    listener = of(plan, "lb/listener:Listener", "load-balancer-https").inputs
    assert listener["certificateArn"] == CERTIFICATE
    assert of(plan, ":Integration").inputs["tlsConfig"] == {"serverNameToVerify": "origin.example.com"}
    assert not [record.name for record in plan.phases["deployed"].records if "acm/" in record.type]
    assert not [record.name for record in plan.phases["deployed"].records if "route53/" in record.type]


def test_paths_with_a_way_to_the_internet() -> None:
    assert [str(path) for path in network_paths(stack().phases["deployed"])] == [
        "api -> 0.0.0.0/0:443",
        "api -> cache:6379",
        "api -> main:5432",
        "http-api -> load-balancer:443",
        "load-balancer -> api:80",
    ]


def test_paths_without_one() -> None:
    """Interface endpoints that are there are used, the missing ones are made, and S3 is reached through its list."""
    for phase in stack(closed=True).phases.values():
        assert [str(path) for path in network_paths(phase)] == [
            "api -> cache:6379",
            "api -> main:5432",
            "api -> network-endpoints:443",
            "api -> prefix list:443",
            "api -> sg-0a1b2c3d4e5f67890:443",
            "http-api -> load-balancer:443",
            "load-balancer -> api:80",
        ]
        made = [record.name for record in phase.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")]
        assert made == ["network-endpoints-ecr-dkr", "network-endpoints-secretsmanager"]
    rule = of(stack(closed=True), ":SecurityGroupEgressRule", "api-to-s3-egress").inputs
    assert rule["prefixListId"] == "pl-63a5400a"


def test_placement_is_undecided_never_passed() -> None:
    """Nothing in the stack leads from a known id outside of it to a route."""
    expected = {
        ("compute-in-private-subnets", "api"),
        ("compute-in-private-subnets", "http-api-link"),
        ("data-in-private-subnets", "cache"),
        ("data-in-private-subnets", "main"),
        ("load-balancer-placement", "load-balancer"),
    }
    for report in judged(strict()).values():
        assert not [found.policy for found in report.violations if found.level == "mandatory"]
        found = {(item.policy, item.urn.rpartition("::")[2]) for item in report.undecided}
        assert {pair for pair in found if pair[0] in PLACEMENT} == expected
        assert not report.mandatory
    assert {item.policy for item in judged(strict())["deployed"].undecided} == set(PLACEMENT)


def test_undecided_stops_where_the_configuration_says_so() -> None:
    reports = judged(strict(data_in_private_subnets={"undecided": "mandatory"}))
    assert all(report.mandatory for report in reports.values())


def test_subnets_that_somebody_vouches_for_are_decided() -> None:
    known = {"known_private_subnets": [*EXISTING["private_subnet_ids"], *EXISTING["isolated_subnet_ids"]]}
    config = strict(**{rule.replace("-", "_"): known for rule in PLACEMENT})
    assert not judged(config)["deployed"].undecided


def test_an_exemption_is_listed_with_reason_owner_and_expiry() -> None:
    exemption = {"reason": "private by the landing zone", "owner": "network team", "expires": "2027-06-30"}
    config = strict(
        **{
            rule.replace("-", "_"): {"undecided": "mandatory", "exemptions": [{"urn": f"{URN}*", **exemption}]}
            for rule in PLACEMENT
        }
    )
    for report in judged(config).values():
        assert not report.mandatory
        exempted = {(item.policy, item.reason, item.owner, item.expires) for item in report.exempted}
        assert exempted == {(rule, *exemption.values()) for rule in PLACEMENT}
        assert not {item.policy for item in report.undecided} & set(PLACEMENT)
    later = policies.judge(stack(), config, date(2027, 7, 1)).phases["deployed"].report
    assert later is not None
    assert later.mandatory
