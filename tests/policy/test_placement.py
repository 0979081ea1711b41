"""Placement over random VPCs, against an oracle that shares no code with the rules."""

from __future__ import annotations

import pytest

from policy.guardrails import UNKNOWN, Resource
from policy.guardrails.config import RuleConfig
from policy.guardrails.evaluation import Judgement, judge
from policy.guardrails.graph import Stack
from tests.policy.shapes import Route, Subnet, Vpc, deployed, preview
from tests.policy.support import BY_ID, Scene, res, settings, verdict

SHAPES = 800


def leads_out(route: Route) -> str:
    """`yes` for a route to an internet gateway, `undecided` where only a prefix list goes there, else `no`."""
    if route.via != "igw":
        return "no"
    return "undecided" if route.prefix_list else "yes"


def walk(vpc: Vpc, subnet: Subnet) -> str:
    """Where a subnet lies, from the description of its VPC alone."""
    if subnet.table:
        name = subnet.table
    elif vpc.main == "replaced":
        name = vpc.replaced_by
    else:
        name = "main"
    routes = vpc.tables[name].routes if name in vpc.tables else []
    answers = {leads_out(route) for route in routes}
    return "public" if "yes" in answers else "undecided" if "undecided" in answers else "private"


def truth(vpc: Vpc) -> str:
    """`bad` when any chosen subnet is public, `ok` when all are private, else `unknown`."""
    places = {"undecided" if vpc.subnets[name].literal else walk(vpc, vpc.subnets[name]) for name in vpc.chosen}
    return "bad" if "public" in places else "unknown" if "undecided" in places else "ok"


def ambiguous(vpc: Vpc) -> bool:
    """At preview, a union over subnets of both kinds cannot be distinguished, nor inline routes to mixed targets."""
    if vpc.union:
        return len({walk(vpc, subnet) for subnet in vpc.subnets.values()}) > 1
    return any(
        {"igw", "vgw"} <= {route.via for route in table.routes if not route.standalone} for table in vpc.tables.values()
    )


def placed(resources) -> str:
    database = next(item for item in resources if item.name == "db")
    judgement = judge(BY_ID["data-in-private-subnets"], database, settings("data-in-private-subnets"), Stack(resources))
    assert not judgement.error
    return "bad" if judgement.violations else "unknown" if judgement.undecided else "ok"


@pytest.mark.parametrize("part", range(4))
def test_no_wrong_answer(part: int):
    for seed in range(part, SHAPES, 4):
        vpc = Vpc.random(seed)
        expected = truth(vpc)
        at_preview, when_deployed = placed(preview(vpc)), placed(deployed(vpc))
        assert when_deployed == expected, (seed, vpc, when_deployed)
        assert at_preview in (expected, "unknown"), (seed, vpc, at_preview)
        if at_preview == "unknown" and expected != "unknown":
            assert ambiguous(vpc), (seed, vpc)


def test_share_of_undecided(capsys: pytest.CaptureFixture[str]):
    shapes = [Vpc.random(seed) for seed in range(SHAPES)]
    expected = [truth(vpc) for vpc in shapes]
    undecided = sum(placed(preview(vpc)) == "unknown" for vpc in shapes)
    later = sum(placed(deployed(vpc)) == "unknown" for vpc in shapes)
    with capsys.disabled():
        print(
            f"\nplacement over {SHAPES} VPCs: {expected.count('bad')} public, {expected.count('ok')} private; "
            f"undecided {undecided / SHAPES:.1%} at preview, {later / SHAPES:.1%} deployed"
        )
    assert min(expected.count("bad"), expected.count("ok")) > SHAPES / 5
    assert later == expected.count("unknown")


def test_subnets_outside_the_stack_are_undecided_until_they_are_listed():
    proxy = res("rds/proxy", vpcSubnetIds=["subnet-1", "subnet-2"])
    scene = Scene((proxy,))
    assert verdict("data-in-private-subnets", scene)[0] == "unknown"
    rule = BY_ID["data-in-private-subnets"]
    listed = RuleConfig("mandatory", "advisory", {"known_private_subnets": ("subnet-1", "subnet-2")})
    judgement = judge(rule, proxy, listed, Stack([proxy]))
    assert judgement == Judgement()


def test_a_subnet_group_outside_the_stack_may_be_listed():
    database = res("rds/instance", dbSubnetGroupName="shared")
    listed = RuleConfig("mandatory", "advisory", {"known_private_subnets": ("shared",)})
    assert judge(BY_ID["data-in-private-subnets"], database, listed, Stack([database])) == Judgement()


def proxy_in(*others: Resource, subnet: Resource) -> str:
    proxy = res("rds/proxy", vpcSubnetIds=[UNKNOWN], deps={"vpcSubnetIds": [subnet]})
    return verdict("data-in-private-subnets", Scene((*others, subnet, proxy)))[0]


def test_default_subnets_are_public():
    assert proxy_in(subnet=res("ec2/defaultSubnet", "default", availabilityZone="us-east-1a")) == "bad"


def test_a_default_vpc_whose_table_is_emptied_is_private():
    vpc = res("ec2/defaultVpc", "default")
    table = res(
        "ec2/defaultRouteTable",
        "emptied",
        routes=[],
        deps={"defaultRouteTableId": [vpc]},
        defaultRouteTableId=UNKNOWN,
    )
    assert proxy_in(vpc, table, subnet=res("ec2/defaultSubnet", "default", availabilityZone="us-east-1a")) == "ok"


def test_a_subnet_of_a_vpc_outside_the_stack_is_undecided():
    assert proxy_in(subnet=res("ec2/subnet", "lone", vpcId="vpc-0123")) == "unknown"


VPC = res("ec2/vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNET = res("ec2/subnet", "lone", vpcId=UNKNOWN, deps={"vpcId": [VPC]})


def main_route(**target: object) -> Resource:
    deps = {"routeTableId": [VPC], **target.pop("deps", {})}  # type: ignore[dict-item]
    return res("ec2/route", "main", routeTableId=UNKNOWN, destinationCidrBlock="0.0.0.0/0", deps=deps, **target)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (main_route(carrierGatewayId="cagw-1"), "bad"),
        (main_route(gatewayId="igw-0123"), "bad"),
        (main_route(gatewayId="vgw-0123"), "ok"),
        (main_route(gatewayId="local"), "ok"),
        (main_route(gatewayId="gateway"), "unknown"),
        (main_route(gatewayId=UNKNOWN), "unknown"),
        (main_route(instanceId="i-0123"), "ok"),
        (main_route(vpcEndpointId="vpce-0123"), "ok"),
        (
            main_route(gatewayId=UNKNOWN, deps={"gatewayId": [res("ec2/internetGatewayAttachment", "it")]}),
            "bad",
        ),
        (main_route(gatewayId=UNKNOWN, natGatewayId=UNKNOWN), "unknown"),
    ],
)
def test_what_a_route_of_the_main_table_leads_to(route: Resource, expected: str):
    attachment = res("ec2/internetGatewayAttachment", "it")
    proxy = res("rds/proxy", "proxy", vpcSubnetIds=[UNKNOWN], deps={"vpcSubnetIds": [SUBNET]})
    stack = Stack((VPC, SUBNET, attachment, route, proxy))
    judgement = judge(BY_ID["data-in-private-subnets"], proxy, settings("data-in-private-subnets"), stack)
    assert ("bad" if judgement.violations else "unknown" if judgement.undecided else "ok") == expected


def test_dependencies_that_the_engine_filled_in_are_a_union():
    """A program without property dependencies gets all its dependencies on every property."""
    igw = res("ec2/internetGateway", "igw")
    table = res("ec2/routeTable", "open", routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}])
    public = res("ec2/subnet", "public", vpcId=UNKNOWN, deps={"vpcId": [VPC]})
    association = res(
        "ec2/routeTableAssociation",
        "public",
        subnetId=UNKNOWN,
        routeTableId=UNKNOWN,
        deps={"subnetId": [public], "routeTableId": [table]},
    )
    everything = [VPC, igw, public, SUBNET]
    proxy = res("rds/proxy", vpcSubnetIds=[UNKNOWN], deps={"vpcSubnetIds": everything, "roleArn": everything})
    scene = Scene((VPC, igw, table, public, SUBNET, association, proxy))
    assert verdict("data-in-private-subnets", scene)[0] == "unknown"


def test_a_subnet_from_another_stack_may_be_in_a_union():
    reference = res("pulumi:pulumi:StackReference", "network")
    proxy = res("rds/proxy", vpcSubnetIds=UNKNOWN, deps={"vpcSubnetIds": [SUBNET, reference]})
    assert verdict("data-in-private-subnets", Scene((VPC, SUBNET, reference, proxy)))[0] == "unknown"


def grouped(**deps: list[Resource]) -> str:
    """A database with the literal name of a subnet group, which no resource of the stack has."""
    group = res("rds/subnetGroup", "group", subnetIds=[UNKNOWN], deps={"subnetIds": [SUBNET]})
    named = {prop: [group] for prop in deps} or None
    database = res("rds/instance", engine="postgres", dbSubnetGroupName="made-up", deps=named)
    return verdict("data-in-private-subnets", Scene((VPC, SUBNET, group, database)))[0]


def test_an_unmatched_name_is_resolved_by_its_dependency():
    assert grouped(dbSubnetGroupName=[]) == "ok"
    assert grouped() == "unknown"


def test_dependencies_on_every_property_do_not_resolve_a_name():
    assert grouped(dbSubnetGroupName=[], engine=[]) == "unknown"
