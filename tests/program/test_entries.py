"""Who reaches a load balancer, and under which address a service answers."""

from __future__ import annotations

from typing import Any

from preview.plan import Plan
from tests.stacks import SMALL_DEV, varied

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
CERTIFICATE = {"arn": ARN, "domain": "www.example.com"}


def stack(edge: dict[str, Any], **services: dict[str, Any]) -> Plan:
    """The small stack behind this entry, with these further services."""

    def change(areas: dict[str, Any]) -> None:
        areas["edge"] = edge
        areas["compute"]["services"] |= services
        areas["outputs"] = {name: f"service.{name}.url" for name in ("api", *services)}

    return varied(SMALL_DEV, change)


def open_to(plan: Plan) -> set[tuple[str, int]]:
    return {
        (rule.inputs["cidrIpv4"], rule.inputs["fromPort"])
        for rule in plan.phases["deployed"].of_type(INGRESS)
        if rule.name.startswith(("load-balancer-ingress", "direct-ingress"))
    }


def routed(*hosts: str, paths: tuple[str, ...] = ("/*",)) -> dict[str, Any]:
    route = {"paths": list(paths), "hosts": list(hosts), "health": "/"}
    return {"image": "example/other:1", "architecture": "arm64", "port": 81, "route": route}


def test_an_internal_load_balancer_admits_its_vpc() -> None:
    assert open_to(stack({"load_balancer": {"scheme": "internal"}})) == {("10.20.0.0/16", 80)}


def test_an_internal_load_balancer_admits_the_named_networks_instead_on_every_port() -> None:
    balancer = {"scheme": "internal", "certificate": CERTIFICATE, "allow_cidrs": ["10.0.0.0/8", "172.16.0.0/12"]}
    assert open_to(stack({"load_balancer": balancer})) == {
        (network, port) for network in ("10.0.0.0/8", "172.16.0.0/12") for port in (443, 80)
    }


def test_an_internet_facing_one_admits_everybody_or_the_named_networks() -> None:
    assert open_to(stack({})) == {("0.0.0.0/0", 80)}
    assert open_to(stack({"load_balancer": {"allow_cidrs": ["203.0.113.0/24"]}})) == {("203.0.113.0/24", 80)}


def test_one_behind_an_http_api_admits_the_api_only() -> None:
    assert open_to(stack({"http_api": {}})) == set()
    direct = stack({"http_api": {"direct": True}, "load_balancer": {"allow_cidrs": ["203.0.113.0/24"]}})
    assert open_to(direct) == {("203.0.113.0/24", 80)}


def test_two_services_on_two_hosts_have_two_addresses() -> None:
    plan = stack(
        {"load_balancer": {"certificate": CERTIFICATE}},
        admin=routed("admin.example.com", "backoffice.example.com"),
        docs=routed("docs.example.com", paths=("/v2/*",)),
    )
    assert plan.phases["deployed"].outputs == {
        "api": "https://www.example.com",
        "admin": "https://admin.example.com",
        "docs": "https://docs.example.com/v2",
    }


def test_a_host_is_the_address_without_a_certificate_and_with_one_of_unknown_name() -> None:
    plain = stack({}, admin=routed("admin.example.com"))
    assert plain.phases["deployed"].outputs["admin"] == "http://admin.example.com"
    unnamed = stack({"load_balancer": {"certificate": {"arn": ARN}}}, admin=routed("admin.example.com"))
    assert unnamed.phases["deployed"].outputs["admin"] == "https://admin.example.com"


def test_behind_an_http_api_the_address_is_the_api_s() -> None:
    outputs = stack({"http_api": {}}, admin=routed("admin.example.com", paths=("/admin/*",))).phases["deployed"].outputs
    assert outputs["admin"] == f"{outputs['api']}/admin"
