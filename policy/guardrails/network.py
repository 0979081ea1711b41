"""Finds out whether a subnet is private or public: subnet → route table → route → internet gateway.

Ids are followed where they are known, dependencies where they are not. A subnet is public when it has a direct route
to an internet gateway, which is AWS's own definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .graph import Reference, Stack
from .placement import PRIVATE, PUBLIC, Placement, agree, worst
from .resource import Resource
from .types import normalise
from .values import ABSENT, UNKNOWN, Node

SUBNETS = ("ec2/subnet", "ec2/defaultSubnet")
VPCS = ("ec2/vpc", "ec2/defaultVpc")
TABLES = ("ec2/routeTable", "ec2/defaultRouteTable")
INTERNET = ("ec2/internetGateway", "ec2/internetGatewayAttachment")
VPN = ("ec2/vpnGateway", "ec2/vpnGatewayAttachment")
NOT_INTERNET = (*VPN, "ec2/egressOnlyInternetGateway", "ec2/vpcEndpoint")
OTHER_TARGETS = (
    "natGatewayId",
    "egressOnlyGatewayId",
    "transitGatewayId",
    "networkInterfaceId",
    "instanceId",
    "vpcPeeringConnectionId",
    "vpcEndpointId",
    "localGatewayId",
    "coreNetworkArn",
    "odbNetworkArn",
)
_NOT_INTERNET_IDS = ("vgw-", "vpce-", "eigw-")


class Network:
    """The routing of one stack; answers are computed once per subnet and table."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._subnets: dict[str, Placement] = {}
        self._tables: dict[str, Placement] = {}
        self._associations: dict[str, list[tuple[Resource, bool]]] = {}
        for item in stack.of("ec2/routeTableAssociation"):
            for ref in stack.references(item, "subnetId", SUBNETS):
                for subnet in ref.candidates:
                    self._associations.setdefault(subnet.urn, []).append((item, ref.certain))
        self._routes: dict[str, list[tuple[Resource, bool]]] = {}
        for item in stack.of("ec2/route"):
            for ref in stack.references(item, "routeTableId", (*TABLES, *VPCS)):
                for table in ref.candidates:
                    self._routes.setdefault(table.urn, []).append((item, len(ref.candidates) == 1))
        self._mains = [
            (item, stack.references(item, "vpcId", VPCS)) for item in stack.of("ec2/mainRouteTableAssociation")
        ]

    @classmethod
    def of(cls, stack: Stack) -> Network:
        """The stack's network, built on first use."""
        if "network" not in stack.memo:
            stack.memo["network"] = cls(stack)
        return stack.memo["network"]

    def subnet(self, subnet: Resource) -> Placement:
        """The placement of a subnet of this stack."""
        if subnet.urn not in self._subnets:
            self._subnets[subnet.urn] = self._place(subnet)
        return self._subnets[subnet.urn]

    def _place(self, subnet: Resource) -> Placement:
        associated = self._associations.get(subnet.urn, [])
        exact = [item for item, certain in associated if certain]
        if exact:
            return agree([self._associated(item) for item in exact])
        if associated:
            return Placement("undecided", "its route-table association cannot be distinguished from others")
        return self._main_of(subnet)

    def _associated(self, association: Resource) -> Placement:
        tables = self.stack.references(association, "routeTableId", (*TABLES, *VPCS))
        if not tables or not tables[0].candidates:
            return Placement("undecided", "its route table is outside the stack")
        return agree([self._table_or_main(target) for target in tables[0].candidates])

    def _table_or_main(self, target: Resource) -> Placement:
        if normalise(target.type) == "ec2/routeTable":
            return self.table(target)
        if normalise(target.type) == "ec2/defaultRouteTable":
            owners = self.stack.references(target, "defaultRouteTableId", VPCS)
            owner = owners[0].candidates if owners else ()
            return self._default_table(owner[0]) if len(owner) == 1 else self.table(target)
        if any(target in ref.candidates for _, refs in self._mains for ref in refs):
            return agree([self._main_table(target), self._default_table(target)])
        return self._default_table(target)

    def _main_of(self, subnet: Resource) -> Placement:
        if normalise(subnet.type) == "ec2/defaultSubnet":
            vpcs = list(self.stack.of("ec2/defaultVpc"))
            return self._main_table(vpcs[0]) if len(vpcs) == 1 else PUBLIC
        vpc = _first(self.stack.references(subnet, "vpcId", VPCS))
        if vpc is None or not vpc.candidates or vpc.outside:
            return Placement("undecided", "it uses the main route table of a VPC outside the stack")
        return agree([self._main_table(candidate) for candidate in vpc.candidates])

    def _main_table(self, vpc: Resource) -> Placement:
        for item, refs in self._mains:
            if any(ref.certain and ref.candidates[0] is vpc for ref in refs):
                return self._associated(item)
            if any(vpc in ref.candidates for ref in refs):
                return Placement("undecided", "its VPC's main route table cannot be distinguished from others")
        return self._default_table(vpc)

    def _default_table(self, vpc: Resource) -> Placement:
        """The table that AWS creates with the VPC: adopted by the stack, extended by routes, or unchanged."""
        placements = [self._routed(vpc)]
        adopted = [
            table
            for table in self.stack.of("ec2/defaultRouteTable")
            if any(vpc in ref.candidates for ref in self.stack.references(table, "defaultRouteTableId", VPCS))
        ]
        if adopted:
            placements += [self.table(table) for table in adopted]
        elif normalise(vpc.type) == "ec2/defaultVpc":
            placements.append(PUBLIC)
        return worst(placements)

    def table(self, table: Resource) -> Placement:
        """The placement of the subnets that use a route table, by its inline and its standalone routes."""
        if table.urn not in self._tables:
            inline = table.at("routes")
            routes = [Node(UNKNOWN, "routes")] if inline.unknown else inline.items()
            placements = [self._route(table, node, routes) for node in routes]
            self._tables[table.urn] = worst([*placements, self._routed(table)])
        return self._tables[table.urn]

    def _routed(self, table: Resource) -> Placement:
        """The placement by the standalone routes of a table, or of a VPC's main table."""
        placements = []
        for item, certain in self._routes.get(table.urn, []):
            placement = self._route(item, Node(item.inputs), [Node(item.inputs)])
            if not certain and placement is not PRIVATE:
                placement = Placement("undecided", "a route's table cannot be distinguished from others")
            placements.append(placement)
        return worst(placements)

    def _route(self, owner: Resource, route: Node, siblings: Sequence[Node]) -> Placement:
        if route.unknown:
            return Placement("undecided", "the routes of its route table are not known yet")
        if not _empty(route, "carrierGatewayId"):
            return PUBLIC
        placement = PRIVATE if _empty(route, "gatewayId") else self._gateway(owner, route, siblings)
        if placement is PRIVATE:
            return placement
        if any(not _empty(route, key) for key in OTHER_TARGETS):
            return Placement("undecided", "a route of its route table has two targets")
        if placement is PUBLIC and not _empty(route, "destinationPrefixListId"):
            return Placement("undecided", "a route for a prefix list leads to an internet gateway")
        return placement

    def _gateway(self, owner: Resource, route: Node, siblings: Sequence[Node]) -> Placement:
        value = route.at("gatewayId").value
        if isinstance(value, str):
            return self._known_gateway(value)
        prop = "gatewayId" if not route.path else "routes"
        sources = self.stack.sources(owner, prop, (*INTERNET, *VPN))
        internet = [source for source in sources if normalise(source.type) in INTERNET]
        if sources and not internet and not self.stack.comes_from_outside(owner, prop):
            return PRIVATE
        open_routes = [node for node in siblings if node.at("gatewayId").unknown]
        targets = {source.urn for source in sources}
        if internet and (len(internet) == len(sources) or len(open_routes) == len(targets)):
            mixed = len(internet) != len(sources)
            lists = any(not _empty(node, "destinationPrefixListId") for node in open_routes)
            return (
                Placement("undecided", "the targets of two routes cannot be distinguished")
                if mixed and lists
                else PUBLIC
            )
        return Placement("undecided", "the gateway of a route cannot be determined")

    def _known_gateway(self, value: str) -> Placement:
        if value == "local" or value.startswith(_NOT_INTERNET_IDS):
            return PRIVATE
        if value.startswith("igw-") or self.stack.named(value, INTERNET):
            return PUBLIC
        if self.stack.named(value, NOT_INTERNET):
            return PRIVATE
        return Placement("undecided", "a route leads to a gateway outside the stack")

    def placements(
        self, references: Sequence[Reference], known_private: Sequence[str] = ()
    ) -> Iterator[tuple[str, Placement]]:
        """Path and placement of every element that names a subnet."""
        for ref in references:
            if ref.literal:
                outside = Placement("undecided", "the subnet is outside the stack")
                yield ref.path, PRIVATE if ref.literal in known_private else outside
            elif not ref.candidates:
                yield ref.path, Placement("undecided", "the subnet cannot be determined")
            else:
                placement = agree([self.subnet(subnet) for subnet in ref.candidates])
                if ref.outside:
                    placement = Placement("undecided", "the subnet may come from another stack")
                yield ref.path, placement


def _first(references: Sequence[Reference]) -> Reference | None:
    return references[0] if references else None


def _empty(route: Node, key: str) -> bool:
    value = route.at(key).value
    return value is ABSENT or value == ""
