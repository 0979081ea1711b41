"""Placement: what holds data or runs code lies in private subnets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..checks import types_of
from ..model import Context, Outcome, Param, Resource, Rule, undecided, violation
from ..network import SUBNETS, Network
from ..places import Placement
from ..routers import MACHINES, is_router
from ..types import normalise
from ..values import UNKNOWN

KNOWN = Param(
    name="known_private_subnets",
    kind="strings",
    default=(),
    doc="ids of subnets, or names of subnet groups, outside the stack that are private",
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a resource names its subnets, directly or through a subnet group.

    `required`: absent means AWS's default (the default VPC, or no VPC at all), which is not private.
    `unless`: properties whose presence makes absence harmless (the placement is taken from elsewhere).
    """

    type: str
    path: str
    group: str = ""
    required: bool = False
    unless: tuple[str, ...] = ()


DATA = (
    Placed("rds/instance", "dbSubnetGroupName", "rds/subnetGroup", True, ("replicateSourceDb",)),
    Placed("rds/cluster", "dbSubnetGroupName", "rds/subnetGroup", True),
    Placed("rds/clusterInstance", "dbSubnetGroupName", "rds/subnetGroup"),
    Placed("rds/proxy", "vpcSubnetIds", required=True),
    Placed("elasticache/replicationGroup", "subnetGroupName", "elasticache/subnetGroup", True),
    Placed("elasticache/cluster", "subnetGroupName", "elasticache/subnetGroup", True, ("replicationGroupId",)),
    Placed("elasticache/serverlessCache", "subnetIds", required=True),
    Placed("opensearch/domain", "vpcOptions.subnetIds", required=True),
    Placed("efs/mountTarget", "subnetId", required=True),
)
COMPUTE = (
    Placed("ecs/service", "networkConfiguration.subnets"),
    Placed("ecs/taskSet", "networkConfiguration.subnets"),
    Placed(
        "ec2/instance",
        "subnetId",
        required=True,
        unless=("launchTemplate", "networkInterfaces", "primaryNetworkInterface"),
    ),
    Placed("ec2/networkInterface", "subnetId", required=True),
    Placed("ec2/launchTemplate", "networkInterfaces[].subnetId"),
    Placed("autoscaling/group", "vpcZoneIdentifiers", required=True),
    Placed("eks/cluster", "vpcConfig.subnetIds", required=True),
    Placed("eks/nodeGroup", "subnetIds", required=True),
    Placed("eks/fargateProfile", "subnetIds", required=True),
    Placed("lambda/function", "vpcConfig.subnetIds"),
    Placed("apigatewayv2/vpcLink", "subnetIds", required=True),
)


def _placed(rows: tuple[Placed, ...]):
    def check(ctx: Context) -> Iterator[Outcome]:
        kind = normalise(ctx.resource.type)
        router = is_router(ctx.stack, ctx.resource) if kind in MACHINES else False
        if router is True:
            return
        for row in rows:
            if row.type == kind:
                for outcome in _judge(ctx, row):
                    yield (outcome if router is False else undecided(f"{outcome.message}, unless it is a NAT instance"))

    return check


def _judge(ctx: Context, row: Placed) -> Iterator[Outcome]:
    owner, path = ctx.resource, row.path
    if row.group:
        groups = ctx.stack.references(owner, path, (row.group,))
        for ref in groups:
            if ref.literal in ctx.params["known_private_subnets"] and ref.literal:
                continue
            if len(ref.candidates) != 1 or ref.outside:
                yield undecided(f"{path} names a subnet group that cannot be followed (outside the stack)")
            else:
                yield from _subnets(ctx, ref.candidates[0], "subnetIds", f"{path} → subnetIds")
        found = bool(groups)
    else:
        head, _, tail = path.partition("[].")
        nodes = [item.at(tail) for item in ctx.at(head).items()] if tail else []
        found = any(not node.absent for node in nodes) if tail else not ctx.at(path).absent
        for node in nodes or [ctx.at(path)]:
            yield from _subnets(ctx, owner, node.path, node.path)
    if not found and row.required and not any(not ctx.at(name).absent for name in row.unless):
        yield violation(f"{path} is absent, so AWS does not place it in a private subnet")


def _subnets(ctx: Context, owner: Resource, path: str, shown: str) -> Iterator[Outcome]:
    network = Network.of(ctx.stack)
    references = ctx.stack.references(owner, path, SUBNETS)
    if not references and owner is not ctx.resource:
        yield undecided(f"{shown} names no subnet")
    for where, place in network.places(references, ctx.params["known_private_subnets"]):
        label = shown + where.removeprefix(path)
        if place.place == "public":
            yield violation(f"{label} is a public subnet (its route table leads to an internet gateway)")
        elif place.place == "undecided":
            yield undecided(f"{label}: {place.why}")


def _load_balancer(ctx: Context) -> Iterator[Outcome]:
    internal = ctx.at("internal").flag(False)
    network = Network.of(ctx.stack)
    found = list(
        network.places(ctx.stack.references(ctx.resource, "subnets", SUBNETS), ctx.params["known_private_subnets"])
    )
    nodes = [item.at("subnetId") for item in ctx.at("subnetMappings").items()]
    found += network.places(ctx.stack.resolve(ctx.resource, nodes, SUBNETS), ctx.params["known_private_subnets"])
    if internal is UNKNOWN:
        yield undecided("internal cannot be told")
    elif internal:
        yield from _expect(found, "private", "an internal load balancer")
    elif not ctx.params["allow_public"]:
        yield violation("internal must be true (public load balancers are not allowed)")
    else:
        yield from _expect(found, "public", "an internet-facing load balancer")


def _nat(ctx: Context) -> Iterator[Outcome]:
    connectivity = ctx.at("connectivityType").text("public")
    found = list(Network.of(ctx.stack).places(ctx.stack.references(ctx.resource, "subnetId", SUBNETS)))
    if connectivity is UNKNOWN:
        yield undecided("connectivityType cannot be told")
    elif connectivity == "public":
        yield from _expect(found, "public", "a public NAT gateway")


def _expect(found: list[tuple[str, Placement]], wanted: str, what: str) -> Iterator[Outcome]:
    for path, place in found:
        if place.place == "undecided":
            yield undecided(f"{path}: {place.why}")
        elif place.place != wanted:
            yield violation(f"{path} is a {place.place} subnet, but {what} belongs in a {wanted} one")


RULES = (
    Rule(
        id="data-in-private-subnets",
        title="Databases, caches, search domains and file systems lie in private subnets",
        severity="critical",
        controls=("FSBP RDS.18", "FSBP ElastiCache.7", "FSBP OpenSearch.2", "FSBP ES.2"),
        fix="Name subnets whose route table has no route to an internet gateway.",
        types=types_of(DATA),
        check=_placed(DATA),
        graph=True,
        params=(KNOWN,),
    ),
    Rule(
        id="compute-in-private-subnets",
        title="Tasks, instances, nodes, functions and VPC links lie in private subnets",
        severity="high",
        controls=("FSBP EC2.9", "FSBP ECS.2", "FSBP Lambda.3"),
        fix="Name subnets without a route to an internet gateway; NAT instances are recognised.",
        types=types_of(COMPUTE),
        check=_placed(COMPUTE),
        graph=True,
        params=(KNOWN,),
    ),
    Rule(
        id="load-balancer-placement",
        title="Internal load balancers lie in private subnets, internet-facing ones in public subnets",
        severity="medium",
        fix="Set internal, or name subnets of the other kind.",
        types=("lb/loadBalancer", "elb/loadBalancer"),
        check=_load_balancer,
        graph=True,
        params=(
            KNOWN,
            Param(name="allow_public", kind="boolean", default=True, doc="accept internet-facing load balancers"),
        ),
    ),
    Rule(
        id="nat-gateway-placement",
        title="Public NAT gateways lie in public subnets",
        severity="low",
        fix="Name a subnet whose route table leads to an internet gateway.",
        types=("ec2/natGateway",),
        check=_nat,
        graph=True,
    ),
)
