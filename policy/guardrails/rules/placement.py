"""Placement: what stores data or runs code is in private subnets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..checks import types_of
from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..nat_instances import ROUTE_TARGETS, is_nat_instance
from ..network import SUBNETS, Network
from ..placement import Placement
from ..resource import Resource
from ..types import normalise
from ..values import UNKNOWN

KNOWN = Param(
    name="known_private_subnets",
    kind="strings",
    default=(),
    doc="ids of subnets, or names of subnet groups, outside the stack that are private",
)


@dataclass(frozen=True, slots=True)
class SubnetProperty:
    """The property that names a resource's subnets, directly or through a subnet group.

    `required`: when it is absent, AWS uses its default (the default VPC, or no VPC at all), which is not private.
    `unless`: properties that set the placement in another way, so that it may be absent.
    """

    type: str
    path: str
    group: str = ""
    required: bool = False
    unless: tuple[str, ...] = ()


DATA = (
    SubnetProperty("rds/instance", "dbSubnetGroupName", "rds/subnetGroup", True, ("replicateSourceDb",)),
    SubnetProperty("rds/cluster", "dbSubnetGroupName", "rds/subnetGroup", True),
    SubnetProperty("rds/clusterInstance", "dbSubnetGroupName", "rds/subnetGroup"),
    SubnetProperty("rds/proxy", "vpcSubnetIds", required=True),
    SubnetProperty("elasticache/replicationGroup", "subnetGroupName", "elasticache/subnetGroup", True),
    SubnetProperty("elasticache/cluster", "subnetGroupName", "elasticache/subnetGroup", True, ("replicationGroupId",)),
    SubnetProperty("elasticache/serverlessCache", "subnetIds", required=True),
    SubnetProperty("opensearch/domain", "vpcOptions.subnetIds", required=True),
    SubnetProperty("efs/mountTarget", "subnetId", required=True),
)
COMPUTE = (
    SubnetProperty("ecs/service", "networkConfiguration.subnets"),
    SubnetProperty("ecs/taskSet", "networkConfiguration.subnets"),
    SubnetProperty(
        "ec2/instance",
        "subnetId",
        required=True,
        unless=("launchTemplate", "networkInterfaces", "primaryNetworkInterface"),
    ),
    SubnetProperty("ec2/networkInterface", "subnetId", required=True),
    SubnetProperty("ec2/launchTemplate", "networkInterfaces[].subnetId"),
    SubnetProperty("autoscaling/group", "vpcZoneIdentifiers", required=True),
    SubnetProperty("eks/cluster", "vpcConfig.subnetIds", required=True),
    SubnetProperty("eks/nodeGroup", "subnetIds", required=True),
    SubnetProperty("eks/fargateProfile", "subnetIds", required=True),
    SubnetProperty("lambda/function", "vpcConfig.subnetIds"),
    SubnetProperty("apigatewayv2/vpcLink", "subnetIds", required=True),
)


def _in_private_subnets(rows: tuple[SubnetProperty, ...]):
    def check(ctx: Context) -> Iterator[Outcome]:
        kind = normalise(ctx.resource.type)
        nat_instance = is_nat_instance(ctx.stack, ctx.resource) if kind in ROUTE_TARGETS else False
        if nat_instance is True:
            return
        for row in rows:
            if row.type == kind:
                for outcome in _judge(ctx, row):
                    yield (
                        outcome
                        if nat_instance is False
                        else undecided(f"{outcome.message}, unless it is a NAT instance")
                    )

    return check


def _judge(ctx: Context, row: SubnetProperty) -> Iterator[Outcome]:
    owner, path = ctx.resource, row.path
    if row.group:
        groups = ctx.stack.references(owner, path, (row.group,))
        for ref in groups:
            if ref.literal in ctx.params["known_private_subnets"] and ref.literal:
                continue
            if len(ref.candidates) != 1 or ref.outside:
                yield undecided(f"{path} names a subnet group outside the stack")
            else:
                yield from _subnets(ctx, ref.candidates[0], "subnetIds", f"{path} → subnetIds")
        has_subnets = bool(groups)
    else:
        head, _, tail = path.partition("[].")
        nodes = [item.at(tail) for item in ctx.at(head).items()] if tail else []
        has_subnets = any(not node.absent for node in nodes) if tail else not ctx.at(path).absent
        for node in nodes or [ctx.at(path)]:
            yield from _subnets(ctx, owner, node.path, node.path)
    if not has_subnets and row.required and not any(not ctx.at(name).absent for name in row.unless):
        yield violation(f"{path} is absent, so AWS does not place it in a private subnet")


def _subnets(ctx: Context, owner: Resource, path: str, shown_path: str) -> Iterator[Outcome]:
    network = Network.of(ctx.stack)
    references = ctx.stack.references(owner, path, SUBNETS)
    if not references and owner is not ctx.resource:
        yield undecided(f"{shown_path} names no subnet")
    for reference_path, placement in network.placements(references, ctx.params["known_private_subnets"]):
        label = shown_path + reference_path.removeprefix(path)
        if placement.kind == "public":
            yield violation(f"{label} is a public subnet (its route table has a route to an internet gateway)")
        elif placement.kind == "undecided":
            yield undecided(f"{label}: {placement.reason}")


def _load_balancer(ctx: Context) -> Iterator[Outcome]:
    internal = ctx.at("internal").flag(False)
    network = Network.of(ctx.stack)
    known_private = ctx.params["known_private_subnets"]
    placements = list(network.placements(ctx.stack.references(ctx.resource, "subnets", SUBNETS), known_private))
    nodes = [item.at("subnetId") for item in ctx.at("subnetMappings").items()]
    placements += network.placements(ctx.stack.resolve(ctx.resource, nodes, SUBNETS), known_private)
    if internal is UNKNOWN:
        yield undecided("internal cannot be determined")
    elif internal:
        yield from _expect(placements, "private", "an internal load balancer")
    elif not ctx.params["allow_public"]:
        yield violation("internal must be true (public load balancers are not allowed)")
    else:
        yield from _expect(placements, "public", "an internet-facing load balancer")


def _nat(ctx: Context) -> Iterator[Outcome]:
    connectivity = ctx.at("connectivityType").text("public")
    subnets = ctx.stack.references(ctx.resource, "subnetId", SUBNETS)
    placements = list(Network.of(ctx.stack).placements(subnets))
    if connectivity is UNKNOWN:
        yield undecided("connectivityType cannot be determined")
    elif connectivity == "public":
        yield from _expect(placements, "public", "a public NAT gateway")


def _expect(placements: list[tuple[str, Placement]], kind: str, what: str) -> Iterator[Outcome]:
    for path, placement in placements:
        if placement.kind == "undecided":
            yield undecided(f"{path}: {placement.reason}")
        elif placement.kind != kind:
            yield violation(f"{path} is a {placement.kind} subnet, but {what} belongs in a {kind} one")


RULES = (
    Rule(
        id="data-in-private-subnets",
        title="Databases, caches, search domains and file systems are in private subnets",
        severity="critical",
        controls=("FSBP RDS.18", "FSBP ElastiCache.7", "FSBP OpenSearch.2", "FSBP ES.2"),
        fix="Name subnets whose route table has no route to an internet gateway.",
        types=types_of(DATA),
        check=_in_private_subnets(DATA),
        graph=True,
        params=(KNOWN,),
    ),
    Rule(
        id="compute-in-private-subnets",
        title="Tasks, instances, nodes, functions and VPC links are in private subnets",
        severity="high",
        controls=("FSBP EC2.9", "FSBP ECS.2", "FSBP Lambda.3"),
        fix="Name subnets without a route to an internet gateway; NAT instances are recognised.",
        types=types_of(COMPUTE),
        check=_in_private_subnets(COMPUTE),
        graph=True,
        params=(KNOWN,),
    ),
    Rule(
        id="load-balancer-placement",
        title="Internal load balancers are in private subnets, internet-facing ones in public subnets",
        severity="medium",
        fix="Set internal to true for private subnets, or name public subnets.",
        types=("lb/loadBalancer", "elb/loadBalancer"),
        check=_load_balancer,
        graph=True,
        params=(
            KNOWN,
            Param(
                name="allow_public",
                kind="boolean",
                default=True,
                doc="whether internet-facing load balancers are allowed",
            ),
        ),
    ),
    Rule(
        id="nat-gateway-placement",
        title="Public NAT gateways are in public subnets",
        severity="low",
        fix="Name a subnet whose route table has a route to an internet gateway.",
        types=("ec2/natGateway",),
        check=_nat,
        graph=True,
    ),
)
