"""The network: its children, its guarantees, and what must be absent."""

from __future__ import annotations

import pytest

from components.networking.network import Network, NetworkArgs
from preview.plan import Phase, Plan
from settings.networking import Networking
from tests.accounts import account
from tests.recording import children, one, record

ZONES = ("us-east-1a", "us-east-1b")


def network(endpoints: tuple[str, ...] = (), **settings: object) -> Plan:
    values = {"cidr": "10.20.0.0/16", "zones": ZONES, **settings}
    return record(
        lambda: Network(
            "network",
            NetworkArgs(
                settings=Networking(**values),  # type: ignore[arg-type]
                account=account(),
                endpoints=endpoints,
            ),
        )
    )


def routes(phase: Phase) -> dict[str, dict[str, object]]:
    return {r.name: r.inputs for r in phase.of_type("aws:ec2/route:Route")}


@pytest.fixture(scope="module")
def single() -> Plan:
    return network()


def test_children(single: Plan) -> None:
    assert [name for type_, name in children(single.phases["preview"]) if type_ == "aws:ec2/subnet:Subnet"] == [
        f"network-{tier}-{i}" for tier in ("isolated", "private", "public") for i in (0, 1)
    ]
    counts = {}
    for type_, _ in children(single.phases["preview"]):
        counts[type_] = counts.get(type_, 0) + 1
    assert counts == {
        "aws:cloudwatch/logGroup:LogGroup": 1,
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
        "aws:ec2/eip:Eip": 1,
        "aws:ec2/flowLog:FlowLog": 1,
        "aws:ec2/internetGateway:InternetGateway": 1,
        "aws:ec2/natGateway:NatGateway": 1,
        "aws:ec2/route:Route": 3,
        "aws:ec2/routeTable:RouteTable": 4,
        "aws:ec2/routeTableAssociation:RouteTableAssociation": 6,
        "aws:ec2/subnet:Subnet": 6,
        "aws:ec2/vpc:Vpc": 1,
        "aws:ec2/vpcEndpoint:VpcEndpoint": 1,
        "aws:iam/role:Role": 1,
        "aws:iam/rolePolicy:RolePolicy": 1,
    }


def test_only_public_subnets_reach_the_internet_gateway(single: Plan) -> None:
    by_name = routes(single.phases["deployed"])
    igw = one(single.phases["deployed"], "aws:ec2/internetGateway:InternetGateway").id
    assert {name for name, inputs in by_name.items() if inputs.get("gatewayId") == igw} == {"network-public-default"}
    nat = one(single.phases["deployed"], "aws:ec2/natGateway:NatGateway")
    for i in (0, 1):
        assert by_name[f"network-private-{i}-default"]["natGatewayId"] == nat.id
    assert nat.inputs["subnetId"] == one(single.phases["deployed"], "aws:ec2/subnet:Subnet", "network-public-0").id


def test_isolated_subnets_have_no_route(single: Plan) -> None:
    table = one(single.phases["deployed"], "aws:ec2/routeTable:RouteTable", "network-isolated").id
    assert all(inputs["routeTableId"] != table for inputs in routes(single.phases["deployed"]).values())
    gateways = single.phases["deployed"].of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
    assert all(table in gateway.inputs["routeTableIds"] for gateway in gateways)
    assert [gateway.inputs["serviceName"] for gateway in gateways] == ["com.amazonaws.us-east-1.s3"]


def test_a_gateway_endpoint_of_dynamodb_where_it_is_asked_for() -> None:
    phase = network(endpoints=("dynamodb",)).phases["deployed"]
    s3, dynamodb = sorted(
        phase.of_type("aws:ec2/vpcEndpoint:VpcEndpoint"), key=lambda r: r.inputs["serviceName"], reverse=True
    )
    assert (s3.name, dynamodb.name) == ("network-endpoints-s3", "network-endpoints-dynamodb")
    assert dynamodb.inputs["serviceName"] == "com.amazonaws.us-east-1.dynamodb"
    assert dynamodb.inputs["vpcEndpointType"] == "Gateway"
    assert dynamodb.inputs["routeTableIds"] == s3.inputs["routeTableIds"]
    assert phase.of_type("aws:ec2/securityGroup:SecurityGroup") == [], "a gateway endpoint needs none"


def test_every_subnet_has_exactly_one_route_table(single: Plan) -> None:
    subnets = {r.id for r in single.phases["deployed"].of_type("aws:ec2/subnet:Subnet")}
    associations = single.phases["deployed"].of_type("aws:ec2/routeTableAssociation:RouteTableAssociation")
    assert sorted(association.inputs["subnetId"] for association in associations) == sorted(
        str(subnet) for subnet in subnets
    )


def test_no_public_addresses_and_dns_for_endpoints(single: Plan) -> None:
    phase = single.phases["preview"]
    assert all(r.inputs["mapPublicIpOnLaunch"] is False for r in phase.of_type("aws:ec2/subnet:Subnet"))
    vpc = one(phase, "aws:ec2/vpc:Vpc").inputs
    assert (vpc["enableDnsSupport"], vpc["enableDnsHostnames"]) == (True, True)


def test_default_security_group_is_empty(single: Plan) -> None:
    group = one(single.phases["preview"], "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert set(group.inputs) == {"vpcId"}


def test_associations_show_their_subnet_while_ids_are_unknown(single: Plan) -> None:
    association = one(
        single.phases["preview"],
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "network-private-1-to-0",
    )
    assert [urn.rpartition("::")[2] for urn in association.property_dependencies["subnetId"]] == ["network-private-1"]


def test_flow_logs_are_written_to_their_own_group_only(single: Plan) -> None:
    log = one(single.phases["deployed"], "aws:ec2/flowLog:FlowLog").inputs
    group = one(single.phases["deployed"], "aws:cloudwatch/logGroup:LogGroup")
    assert log["trafficType"] == "ALL"
    assert log["logDestination"] == group.outputs["arn"]
    assert group.inputs["retentionInDays"] == 30
    policy = one(single.phases["deployed"], "aws:iam/rolePolicy:RolePolicy").inputs["policy"]
    assert group.outputs["arn"] in policy
    assert '"Resource":["*"]' not in policy
    assert "aws:SourceAccount" in one(single.phases["deployed"], "aws:iam/role:Role").inputs["assumeRolePolicy"]


def test_nat_depends_on_the_internet_gateway(single: Plan) -> None:
    for type_ in ("aws:ec2/natGateway:NatGateway", "aws:ec2/eip:Eip"):
        names = [urn.rpartition("::")[2] for urn in one(single.phases["preview"], type_).dependencies]
        assert "network-igw" in names


def test_one_nat_gateway_for_each_zone() -> None:
    phase = network(nat="per-zone").phases["deployed"]
    gateways = {r.name: r.id for r in phase.of_type("aws:ec2/natGateway:NatGateway")}
    assert list(gateways) == ["network-nat-0", "network-nat-1"]
    for i in (0, 1):
        assert routes(phase)[f"network-private-{i}-default"]["natGatewayId"] == gateways[f"network-nat-{i}"]


def test_switching_nat_keeps_subnets_tables_and_addresses() -> None:
    names = [
        {name for type_, name in children(network(nat=nat).phases["preview"]) if "ubnet" in type_ or "Table" in type_}
        for nat in ("none", "single", "per-zone", "instance")
    ]
    assert names[0] == names[1] == names[2] == names[3]
    addresses = [
        {r.name for r in network(nat=nat).phases["preview"].of_type("aws:ec2/eip:Eip")}
        for nat in ("single", "per-zone")
    ]
    assert addresses[0] < addresses[1]


def test_without_nat_there_is_no_route_to_the_internet() -> None:
    phase = network(nat="none").phases["preview"]
    assert list(routes(phase)) == ["network-public-default"]
    assert not phase.of_type("aws:ec2/natGateway:NatGateway")


def test_nat_instance() -> None:
    phase = network(nat="instance").phases["deployed"]
    interface = one(phase, "aws:ec2/networkInterface:NetworkInterface")
    assert interface.inputs["sourceDestCheck"] is False
    assert routes(phase)["network-private-0-default"]["networkInterfaceId"] == interface.id
    template = one(phase, "aws:ec2/launchTemplate:LaunchTemplate").inputs
    assert template["metadataOptions"]["httpTokens"] == "required"
    assert template["imageId"].startswith("resolve:ssm:")
    assert template["blockDeviceMappings"][0]["ebs"]["encrypted"] == "true"
    assert template["networkInterfaces"][0]["networkInterfaceId"] == interface.id
    ingress = phase.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert {rule.inputs["cidrIpv4"] for rule in ingress} == {"10.20.0.0/20", "10.20.16.0/20"}
    assert one(phase, "aws:ec2/instance:Instance").delete_before_replace is True
    instance = one(phase, "aws:ec2/instance:Instance")
    dependencies = {urn.rpartition("::")[2] for urn in instance.dependencies}
    assert {"network-nat-ip-attachment", "network-public-default", "network-nat-to-internet"} <= dependencies
    attachment = one(phase, "aws:ec2/eipAssociation:EipAssociation").inputs
    address = one(phase, "aws:ec2/eip:Eip")
    assert attachment == {"allocationId": address.outputs["allocationId"], "networkInterfaceId": interface.id}
    # The provider's default is true, and a second `up` would write it to the interface.
    assert instance.inputs["sourceDestCheck"] is False
    assert instance.inputs["launchTemplate"]["version"] == "1"


def test_interface_endpoints_have_no_ingress_rules_of_their_own() -> None:
    phase = network(nat="none", endpoints=("ecr.api", "logs")).phases["deployed"]
    interfaces = [
        r for r in phase.of_type("aws:ec2/vpcEndpoint:VpcEndpoint") if r.inputs["vpcEndpointType"] == "Interface"
    ]
    assert [r.name for r in interfaces] == ["network-endpoints-ecr-api", "network-endpoints-logs"]
    assert all(r.inputs["privateDnsEnabled"] is True for r in interfaces)
    private = sorted(r.id or "" for r in phase.of_type("aws:ec2/subnet:Subnet") if "private" in r.name)
    assert all(sorted(r.inputs["subnetIds"]) == private for r in interfaces)
    assert not phase.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")


def test_subnets_of_the_settings() -> None:
    subnets = {
        "public": ("10.20.0.0/24", "10.20.1.0/24"),
        "private": ("10.20.10.0/24", "10.20.11.0/24"),
        "isolated": ("10.20.20.0/24", "10.20.21.0/24"),
    }
    phase = network(subnets=subnets).phases["preview"]
    assert {r.inputs["cidrBlock"] for r in phase.of_type("aws:ec2/subnet:Subnet")} == {
        block for blocks in subnets.values() for block in blocks
    }
