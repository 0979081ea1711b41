"""Network and entry of dyno-agent."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import service, subnet_ids
from tests.systems.lines import of

__all__ = ["guards", "network", "only_the_entry_is_public", "redirect", "routes"]

PATHS = {"fastapi": "/*", "prometheus": "/prometheus*", "grafana": "/grafana*"}
HEALTH = {"fastapi": "/health", "prometheus": "/prometheus/-/healthy", "grafana": "/grafana/api/health"}


def network(plan: Plan) -> None:
    vpc = of(plan, ":Vpc")
    zones = {
        tier: {of(plan, "ec2/subnet:Subnet", f"network-{tier}-{i}").inputs["availabilityZone"] for i in (0, 1)}
        for tier in ("public", "private", "isolated")
    }
    assert all(found == {"us-east-1a", "us-east-1b"} for found in zones.values())
    default = of(plan, "ec2/route:Route", "network-public-default").inputs
    assert default["gatewayId"] == of(plan, ":InternetGateway").id
    nat = of(plan, ":NatGateway")
    assert nat.inputs["subnetId"] in subnet_ids(plan, "public")
    for i in (0, 1):
        route = of(plan, "ec2/route:Route", f"network-private-{i}-default").inputs
        assert (route["natGatewayId"], route.get("gatewayId")) == (nat.id, None)
        assert of(plan, "ec2/subnet:Subnet", f"network-private-{i}").inputs["vpcId"] == vpc.id


def only_the_entry_is_public(plan: Plan) -> None:
    balancer = of(plan, "lb/loadBalancer:LoadBalancer").inputs
    assert balancer["internal"] is False
    assert set(balancer["subnets"]) == subnet_ids(plan, "public")
    for name in PATHS:
        placed = service(plan, name).inputs["networkConfiguration"]
        assert placed["assignPublicIp"] is False
        assert set(placed["subnets"]) == subnet_ids(plan, "private")
    assert set(of(plan, ":SubnetGroup").inputs["subnetIds"]) == subnet_ids(plan, "isolated")
    targets = {of(plan, ":MountTarget", f"shared-target-{i}").inputs["subnetId"] for i in (0, 1)}
    assert targets == subnet_ids(plan, "isolated")


def routes(plan: Plan) -> None:
    listener = of(plan, "lb/listener:Listener", "load-balancer-https")
    priorities = {}
    for name, path in PATHS.items():
        rule = of(plan, ":ListenerRule", f"{name}-rule").inputs
        assert rule["listenerArn"] == listener.id
        assert {"pathPattern": {"values": [path]}} in rule["conditions"]
        group = of(plan, ":TargetGroup", name)
        forward = rule["actions"][-1]
        assert forward["type"] == "forward"
        assert str(group.id) in str(forward)
        assert group.inputs["healthCheck"]["path"] == HEALTH[name]
        assert [attached["targetGroupArn"] for attached in service(plan, name).inputs["loadBalancers"]] == [group.id]
        priorities[name] = rule["priority"]
    # The catch-all comes last, or it would take the others' requests.
    assert max(priorities, key=lambda name: priorities[name]) == "fastapi"


def redirect(plan: Plan) -> None:
    listener = of(plan, "lb/listener:Listener", "load-balancer-http").inputs
    action = listener["defaultActions"][0]
    assert (listener["port"], listener["protocol"], action["type"]) == (80, "HTTP", "redirect")
    assert (action["redirect"]["protocol"], action["redirect"]["port"]) == ("HTTPS", "443")


def guards(plan: Plan) -> None:
    for name in PATHS:
        conditions = of(plan, ":ListenerRule", f"{name}-rule").inputs["conditions"]
        sources = [one["sourceIp"]["values"] for one in conditions if "sourceIp" in one]
        assert sources == ([] if name == "fastapi" else [["203.0.113.0/24"]]), name
