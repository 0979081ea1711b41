"""A service whose traffic ECS shifts is made anew wherever the listener that it is attached to is another one."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from preview.plan import Plan
from tests.recording import one
from tests.stacks import planned, varied

FILE = "systems/knwl.yaml"
SERVICE, BALANCER = "aws:ecs/service:Service", "aws:lb/loadBalancer:LoadBalancer"
OUTPUTS = {"alb_dns_name": "load_balancer.dns_name"}
CERTIFICATE = {"domain": "knwl.example.com", "zone": "Z0EXAMPLE1KNWL"}
EDGES: dict[str, dict[str, Any]] = {
    "internet-facing": {"load_balancer": {"certificate": CERTIFICATE}},
    "internal": {"load_balancer": {"certificate": CERTIFICATE, "scheme": "internal"}},
    "http": {"load_balancer": {}},
    "http-internal": {"load_balancer": {"scheme": "internal"}},
    "http-api": {"load_balancer": {"certificate": CERTIFICATE}, "http_api": {}},
    "vpc-origin": {"load_balancer": {"certificate": CERTIFICATE}, "distribution": {"origin": "vpc"}},
    "public-origin": {"load_balancer": {"certificate": CERTIFICATE}, "distribution": {"origin": "public"}},
}


@cache
def with_edge(edge: str) -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["edge"], areas["outputs"] = EDGES[edge], OUTPUTS

    return varied(FILE, change)


def name_of(plan: Plan) -> str:
    """The logical name of the ECS service, the same in both phases."""
    (name,) = {one(phase, SERVICE).name for phase in plan.phases.values()}
    return name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # An HTTP API makes the load balancer internal, and so replaces it.
        ("internet-facing", "http-api"),
        ("http-api", "internet-facing"),
        ("internet-facing", "vpc-origin"),
        ("vpc-origin", "internet-facing"),
        ("vpc-origin", "public-origin"),
        ("public-origin", "http-api"),
        ("internet-facing", "internal"),
        ("http", "http-internal"),
        # A certificate adds a listener, and the rule moves to it.
        ("http", "internet-facing"),
        ("http-internal", "internal"),
    ],
)
def test_another_listener_makes_another_service(before: str, after: str) -> None:
    assert name_of(with_edge(before)) != name_of(with_edge(after))


@pytest.mark.parametrize(("before", "after"), [("http-api", "vpc-origin"), ("internet-facing", "public-origin")])
def test_the_same_listener_keeps_the_service(before: str, after: str) -> None:
    for name in ("preview", "deployed"):
        balancers = [one(with_edge(edge).phases[name], BALANCER).inputs["internal"] for edge in (before, after)]
        assert balancers[0] == balancers[1]
    assert name_of(with_edge(before)) == name_of(with_edge(after))


def test_the_name_says_what_the_service_is_attached_to() -> None:
    assert name_of(planned(FILE)) == "knwl-shifted-internal-https-8000"
    assert name_of(with_edge("http")) == "knwl-shifted-internet-facing-http-8000"
