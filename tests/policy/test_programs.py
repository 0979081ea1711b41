"""Two plain programs that are not this project's own give exactly the expected findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from policy.guardrails import UNKNOWN, Report, Resource, evaluate
from policy.guardrails.catalogue import PACK
from policy.guardrails.evaluation import load_config
from tests.policy.engine import Engine, caching
from tests.policy.record import record
from tests.policy.support import TODAY, token

RAW = {
    ("compute-in-private-subnets", "app"),
    ("data-in-private-subnets", "bad"),
    ("database-not-public", "bad"),
    ("ecs-no-public-address", "app"),
    ("no-secrets-in-environment", "app"),
    ("no-world-open-ingress", "app"),
    ("rds-storage-encrypted", "bad"),
    ("s3-no-public-acl", "open"),
    ("s3-public-access-blocked", "open"),
    ("s3-tls-only", "open"),
}
AWSX = {
    ("ecs-no-public-address", "app"),
    ("rds-storage-encrypted", "bad"),
    ("s3-no-public-acl", "open"),
    ("s3-public-access-blocked", "open"),
    ("s3-tls-only", "open"),
}
PLACED = {("data-in-private-subnets", "bad"), ("compute-in-private-subnets", "app")}


def pairs(findings: Any) -> set[tuple[str, str]]:
    return {(item.policy, item.urn.rpartition("::")[2]) for item in findings}


def mandatory(report: Report) -> set[tuple[str, str]]:
    return pairs(item for item in report.violations if item.level == "mandatory")


def evaluated(resources: Sequence[Resource]) -> Report:
    config = load_config(PACK / "profiles" / "baseline.json")
    report = evaluate(resources, config, today=TODAY)
    assert not report.errors
    assert "hunter22" not in repr(report)
    with caching(True):
        diagnostics = Engine().run(resources)
    reported = {(name, urn.rpartition("::")[2]) for name, level, urn, _ in diagnostics.reported if level == "mandatory"}
    assert reported == mandatory(report)
    return report


@pytest.mark.parametrize("deployed", [False, True])
def test_raw_program(deployed: bool):
    report = evaluated(record("raw", deployed=deployed))
    assert mandatory(report) == RAW
    assert not report.undecided


@pytest.mark.parametrize("deployed", [False, True])
def test_awsx_program(deployed: bool):
    report = evaluated(with_children(record("awsx_vpc", deployed=deployed), deployed))
    if deployed:
        assert mandatory(report) == AWSX | {("compute-in-private-subnets", "app")}
        assert not report.undecided
    else:
        assert mandatory(report) == AWSX
        assert pairs(report.undecided) == PLACED


def with_children(resources: Sequence[Resource], deployed: bool) -> list[Resource]:
    """What the engine sees of awsx.ec2.Vpc: nested children, and lists that depend on them all."""
    component = next(item for item in resources if item.type == "awsx:ec2:Vpc")
    children = _children(component.urn, deployed)
    sources = tuple(item.urn for item in children if "/subnet:" in item.type or "/vpc:" in item.type)
    expanded = [replace(item, property_dependencies=_expanded(item, component.urn, sources)) for item in resources]
    return [*expanded, *children]


def _expanded(item: Resource, component: str, sources: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {prop: (*urns, *sources) if component in urns else urns for prop, urns in item.property_dependencies.items()}


def _children(parent: str, deployed: bool) -> list[Resource]:
    children: list[Resource] = []

    def add(short: str, name: str, refs: dict[str, Resource], **inputs: Any) -> Resource:
        ids = {prop: item.id if deployed else UNKNOWN for prop, item in refs.items()}
        resource = Resource(
            f"{parent.rpartition('::')[0]}$awsx:ec2:Vpc${token(short)}::{name}",
            token(short),
            name,
            {**inputs, **ids},
            parent=parent,
            property_dependencies={prop: (item.urn,) for prop, item in refs.items()},
            id=f"{short.rpartition('/')[2]}-{name}" if deployed else None,
        )
        children.append(resource)
        return resource

    vpc = add("ec2/vpc", "net", {}, cidrBlock="10.0.0.0/16")
    nats: list[Resource] = []
    internet = add("ec2/internetGateway", "net", {"vpcId": vpc})
    for kind in ("public", "private"):
        for index in (1, 2):
            name = f"net-{kind}-{index}"
            subnet = add("ec2/subnet", name, {"vpcId": vpc}, mapPublicIpOnLaunch=kind == "public")
            table = add("ec2/routeTable", name, {"vpcId": vpc})
            add("ec2/routeTableAssociation", name, {"subnetId": subnet, "routeTableId": table})
            if kind == "public":
                nats.append(add("ec2/natGateway", name, {"subnetId": subnet}))
                target = {"gatewayId": internet}
            else:
                target = {"natGatewayId": nats[0]}
            add("ec2/route", name, {"routeTableId": table, **target}, destinationCidrBlock="0.0.0.0/0")
    return children
