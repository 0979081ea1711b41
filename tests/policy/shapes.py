"""Random VPCs of many forms, as resources at preview and deployed, and as plain routes of concrete ids."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policy.guardrails import UNKNOWN, Resource
from tests.policy.support import token, urn

EVERYWHERE = ("0.0.0.0/0", "::/0")
TARGETS = {
    "igw": ("gatewayId", "ec2/internetGateway"),
    "vgw": ("gatewayId", "ec2/vpnGateway"),
    "nat": ("natGatewayId", "ec2/natGateway"),
    "eigw": ("egressOnlyGatewayId", "ec2/egressOnlyInternetGateway"),
    "tgw": ("transitGatewayId", "ec2transitgateway/transitGateway"),
    "eni": ("networkInterfaceId", "ec2/networkInterface"),
    "pcx": ("vpcPeeringConnectionId", "ec2/vpcPeeringConnection"),
}


@dataclass
class Route:
    """Where packets for `to` go; `prefix_list` when `to` is one."""

    to: str
    via: str
    standalone: bool = False
    prefix_list: bool = False
    literal: bool = False


@dataclass
class Table:
    name: str
    routes: list[Route] = field(default_factory=list)
    kind: str = "ec2/routeTable"


@dataclass
class Subnet:
    name: str
    table: str | None  # None: the VPC's main table
    literal: bool = False  # outside the stack; the program holds its id


@dataclass
class Vpc:
    """One network, as a person would describe it, and one database in some of its subnets."""

    main: str  # implicit, adopted, adopted-routes, replaced, default-vpc, routed
    tables: dict[str, Table]
    subnets: dict[str, Subnet]
    chosen: list[str]
    union: bool  # the list of subnet ids is one value that depends on every subnet (awsx)
    targets: set[str]

    @classmethod
    def random(cls, seed: int) -> Vpc:
        rng = random.Random(seed)
        main = rng.choice(["implicit", "adopted", "replaced", "default-vpc", "routed"])
        tables = {f"table{index}": Table(f"table{index}", _routes(rng)) for index in range(rng.randint(1, 3))}
        if main == "adopted":
            tables["main"] = Table("main", _routes(rng, standalone=False), "ec2/defaultRouteTable")
        elif main == "routed":
            tables["main"] = Table("main", _routes(rng, standalone=True), "")
        elif main == "default-vpc":
            tables["main"] = Table("main", [Route("0.0.0.0/0", "igw")], "")
        names = [f"subnet{index}" for index in range(rng.randint(2, 5))]
        bound = [name for name in tables if name != "main"]
        subnets = {
            name: Subnet(name, None if rng.random() < 0.3 else rng.choice(bound), rng.random() < 0.05) for name in names
        }
        chosen = rng.sample(names, rng.randint(1, len(names)))
        union = rng.random() < 0.15 and not any(subnet.literal for subnet in subnets.values())
        targets = {route.via for table in tables.values() for route in table.routes}
        return cls(main, tables, subnets, chosen, union, targets)

    @property
    def replaced_by(self) -> str:
        return sorted(name for name in self.tables if name != "main")[0]


def _routes(rng: random.Random, standalone: bool | None = None) -> list[Route]:
    routes = []
    for to in rng.sample([*EVERYWHERE, "10.9.0.0/16", "pl-1"], rng.randint(0, 3)):
        via = rng.choice(list(TARGETS))
        alone = rng.random() < 0.5 if standalone is None else standalone
        routes.append(Route(to, via, alone, to.startswith("pl-"), rng.random() < 0.1))
    return routes


def ident(kind: str, name: str) -> str:
    prefix = {"ec2/internetGateway": "igw", "ec2/vpnGateway": "vgw"}.get(kind, kind.rpartition("/")[2])
    return f"{prefix}-{name}"


class _Builder:
    """Resources of one shape; ids are unknown at preview and known when deployed."""

    def __init__(self, known: bool) -> None:
        self.known = known
        self.resources: dict[tuple[str, str], Resource] = {}

    def ref(self, kind: str, name: str) -> Any:
        return ident(kind, name) if self.known else UNKNOWN

    def add(
        self,
        kind: str,
        name: str,
        inputs: Mapping[str, Any],
        deps: Mapping[str, list[tuple[str, str]]],
        **outputs: Any,
    ) -> None:
        named = {prop: tuple(dict.fromkeys(urn(*item) for item in items)) for prop, items in deps.items()}
        every = tuple(sorted({item for items in named.values() for item in items}))
        self.resources[(kind, name)] = Resource(
            urn(kind, name),
            token(kind),
            name,
            dict(inputs),
            dependencies=every,
            property_dependencies=named,
            id=ident(kind, name) if self.known else None,
            outputs=outputs if self.known and outputs else None,
        )


def preview(vpc: Vpc) -> list[Resource]:
    return _build(vpc, known=False)


def deployed(vpc: Vpc) -> list[Resource]:
    return _build(vpc, known=True)


def _build(vpc: Vpc, known: bool) -> list[Resource]:
    build = _Builder(known)
    vpc_kind = "ec2/defaultVpc" if vpc.main == "default-vpc" else "ec2/vpc"
    of_vpc = [(vpc_kind, "vpc")]
    build.add(
        vpc_kind,
        "vpc",
        {"cidrBlock": "10.0.0.0/16"},
        {},
        defaultRouteTableId="rtb-main",
        mainRouteTableId="rtb-main",
    )
    for via in sorted(vpc.targets):
        kind = TARGETS[via][1]
        build.add(kind, via, {"vpcId": build.ref(*of_vpc[0])}, {"vpcId": of_vpc})
    for table in vpc.tables.values():
        _table(build, vpc, table, of_vpc)
    if vpc.main == "replaced":
        chosen = [("ec2/routeTable", vpc.replaced_by)]
        build.add(
            "ec2/mainRouteTableAssociation",
            "main",
            {"vpcId": build.ref(*of_vpc[0]), "routeTableId": build.ref(*chosen[0])},
            {"vpcId": of_vpc, "routeTableId": chosen},
        )
    for subnet in vpc.subnets.values():
        _subnet(build, subnet, of_vpc)
    _database(build, vpc)
    return list(build.resources.values())


def _table(build: _Builder, vpc: Vpc, table: Table, of_vpc: list[tuple[str, str]]) -> None:
    inline = [route for route in table.routes if not route.standalone]
    sources = [(TARGETS[route.via][1], route.via) for route in inline if not route.literal]
    if table.kind == "ec2/defaultRouteTable":
        inputs = {"defaultRouteTableId": "rtb-main" if build.known else UNKNOWN}
        deps = {"defaultRouteTableId": of_vpc}
    else:
        inputs, deps = {"vpcId": build.ref(*of_vpc[0])}, {"vpcId": of_vpc}
    if table.kind:
        build.add(
            table.kind,
            table.name,
            {**inputs, "routes": [_route(build, route) for route in inline]},
            {**deps, **({"routes": sources} if sources else {})},
        )
    if vpc.main == "default-vpc" and table.name == "main":
        return
    for index, route in enumerate(item for item in table.routes if item.standalone):
        key, kind = TARGETS[route.via]
        owner = (table.kind, table.name) if table.kind else of_vpc[0]
        table_id = build.ref(*owner) if table.kind else ("rtb-main" if build.known else UNKNOWN)
        build.add(
            "ec2/route",
            f"{table.name}-{index}",
            {"routeTableId": table_id, **_route(build, route, standalone=True)},
            {"routeTableId": [owner], **({} if route.literal else {key: [(kind, route.via)]})},
        )


def _route(build: _Builder, route: Route, standalone: bool = False) -> dict[str, Any]:
    key, kind = TARGETS[route.via]
    names = ("destinationCidrBlock", "destinationIpv6CidrBlock") if standalone else ("cidrBlock", "ipv6CidrBlock")
    to = "destinationPrefixListId" if route.prefix_list else names[1] if ":" in route.to else names[0]
    literal = {"igw": "igw-0abc", "vgw": "vgw-0abc"}.get(route.via, f"{route.via}-0abc")
    return {to: route.to, key: literal if route.literal else build.ref(kind, route.via)}


def _subnet(build: _Builder, subnet: Subnet, of_vpc: list[tuple[str, str]]) -> None:
    if subnet.literal:
        return
    me = [("ec2/subnet", subnet.name)]
    build.add("ec2/subnet", subnet.name, {"vpcId": build.ref(*of_vpc[0])}, {"vpcId": of_vpc})
    if subnet.table:
        table = [("ec2/routeTable", subnet.table)]
        build.add(
            "ec2/routeTableAssociation",
            subnet.name,
            {"subnetId": build.ref(*me[0]), "routeTableId": build.ref(*table[0])},
            {"subnetId": me, "routeTableId": table},
        )


def _database(build: _Builder, vpc: Vpc) -> None:
    every = [("ec2/subnet", name) for name, subnet in vpc.subnets.items() if not subnet.literal]
    chosen = [("ec2/subnet", name) for name in vpc.chosen]
    subnet_ids = [
        "subnet-elsewhere" if vpc.subnets[name].literal else build.ref(*item)
        for item, name in zip(chosen, vpc.chosen, strict=True)
    ]
    sources = every if vpc.union else [item for item in chosen if item in every]
    value = UNKNOWN if vpc.union and not build.known else subnet_ids
    build.add("rds/subnetGroup", "group", {"subnetIds": value}, {"subnetIds": sources})
    group = [("rds/subnetGroup", "group")]
    build.add(
        "rds/instance",
        "db",
        {"engine": "postgres", "dbSubnetGroupName": build.ref(*group[0])},
        {"dbSubnetGroupName": group},
    )
