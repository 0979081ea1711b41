"""Network and entry of agent-team."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import service, subnet_ids
from tests.systems.lines import of

__all__ = ["cors", "http_api", "limits_and_logs", "network", "nothing_else_is_public", "redirect"]


def network(plan: Plan) -> None:
    zones = {
        tier: [of(plan, "ec2/subnet:Subnet", f"network-{tier}-{i}").inputs["availabilityZone"] for i in (0, 1)]
        for tier in ("public", "private", "isolated")
    }
    assert all(found == ["us-east-1a", "us-east-1b"] for found in zones.values())
    public = {of(plan, "ec2/subnet:Subnet", f"network-public-{i}").id: zones["public"][i] for i in (0, 1)}
    gateways = {r.id: r for r in plan.phases["deployed"].records if r.type == "aws:ec2/natGateway:NatGateway"}
    assert len(gateways) == 2
    for i, zone in enumerate(zones["private"]):
        # A private subnet's way out is the gateway of its own zone.
        nat = of(plan, "ec2/route:Route", f"network-private-{i}-default").inputs["natGatewayId"]
        assert public[gateways[nat].inputs["subnetId"]] == zone
    routes = [r for r in plan.phases["deployed"].records if r.type == "aws:ec2/route:Route"]
    assert not [r.name for r in routes if "isolated" in r.name]


def http_api(plan: Plan) -> None:
    api, link = of(plan, ":Api"), of(plan, ":VpcLink")
    assert api.inputs["protocolType"] == "HTTP"
    integration = of(plan, ":Integration").inputs
    assert (integration["connectionType"], integration["connectionId"]) == ("VPC_LINK", link.id)
    assert integration["integrationUri"] == of(plan, "lb/listener:Listener", "load-balancer-https").id
    assert integration["tlsConfig"] == {"serverNameToVerify": "internal.team.example.com"}
    assert set(link.inputs["subnetIds"]) == subnet_ids(plan, "private")
    balancer = of(plan, "lb/loadBalancer:LoadBalancer").inputs
    assert balancer["internal"] is True
    assert set(balancer["subnets"]) == subnet_ids(plan, "private")
    assert of(plan, ":ListenerRule").inputs["conditions"] == [{"pathPattern": {"values": ["/*"]}}]
    group = of(plan, ":TargetGroup")
    assert group.inputs["healthCheck"]["path"] == "/health"
    (attached,) = service(plan, "api-gateway").inputs["loadBalancers"]
    assert (attached["targetGroupArn"], attached["containerPort"]) == (group.id, 8000)


def cors(plan: Plan) -> None:
    found = of(plan, ":Api").inputs["corsConfiguration"]
    assert found["allowOrigins"] == ["https://app.team.example.com"]
    assert found["allowCredentials"] is True


def limits_and_logs(plan: Plan) -> None:
    stage = of(plan, ":Stage").inputs
    assert (stage["name"], stage["apiId"]) == ("$default", of(plan, ":Api").id)
    # Limits and detailed metrics, which are kept for each route.
    assert stage["defaultRouteSettings"] == {
        "throttlingRateLimit": 100,
        "throttlingBurstLimit": 200,
        "detailedMetricsEnabled": True,
    }
    group = of(plan, ":LogGroup", "http-api-access-log")
    assert stage["accessLogSettings"]["destinationArn"] == group.outputs["arn"]
    assert group.inputs["retentionInDays"] == 7


def redirect(plan: Plan) -> None:
    listener = of(plan, "lb/listener:Listener", "load-balancer-http").inputs
    (action,) = listener["defaultActions"]
    assert (listener["port"], action["type"]) == (80, "redirect")
    assert (action["redirect"]["protocol"], action["redirect"]["port"]) == ("HTTPS", "443")


def nothing_else_is_public(plan: Plan) -> None:
    deployed = plan.phases["deployed"]
    public = subnet_ids(plan, "public")
    for name in ("api-gateway", "workflow-engine"):
        placed = service(plan, name).inputs["networkConfiguration"]
        assert placed["assignPublicIp"] is False
        assert set(placed["subnets"]) == subnet_ids(plan, "private")
    assert [r.inputs["internal"] for r in deployed.records if r.type == "aws:lb/loadBalancer:LoadBalancer"] == [True]
    for record in deployed.records:
        if record.type == "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
            assert "referencedSecurityGroupId" in record.inputs, record.name
            assert not {"cidrIpv4", "cidrIpv6", "prefixListId"} & record.inputs.keys(), record.name
        if record.type in ("aws:rds/subnetGroup:SubnetGroup", "aws:elasticache/subnetGroup:SubnetGroup"):
            assert set(record.inputs["subnetIds"]) == subnet_ids(plan, "isolated")
    # In public subnets stand the gateways, and nothing else.
    assert {r.inputs["subnetId"] for r in deployed.records if r.type == "aws:ec2/natGateway:NatGateway"} == public
