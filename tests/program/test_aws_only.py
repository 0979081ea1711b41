"""A whole stack without a way to the internet: `nat: none` and `egress: aws-only`."""

from __future__ import annotations

from functools import cache
from typing import Any

from preview.network_paths import network_paths
from preview.plan import Plan
from tests.stacks import SMALL, varied
from tests.systems.lines import of

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/{}:1"
WORKER = {
    "image": IMAGE.format("worker"),
    "architecture": "arm64",
    "connects_to": ["cache"],
    "consumes": ["jobs"],
    "exec": True,
    "secrets": {"SUPABASE_JWT_SECRET": "SUPABASE_JWT_SECRET"},
}


@cache
def closed() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["networking"] |= {"nat": "none", "egress": "aws-only", "endpoints": ["bedrock-runtime"]}
        areas["data"]["redis"] = {"cache": {"replicas": 1}}
        areas["data"]["queues"] = {"jobs": {}}
        areas["data"]["secrets"] = {"SUPABASE_JWT_SECRET": {"store": "parameter"}}
        areas["compute"]["services"]["api"]["image"] = IMAGE.format("api")
        areas["compute"]["services"]["worker"] = WORKER

    return varied(SMALL, change)


def test_exactly_these_endpoints() -> None:
    for phase in closed().phases.values():
        found = {
            (record.inputs["serviceName"].removeprefix("com.amazonaws.us-east-1."), record.inputs["vpcEndpointType"])
            for record in phase.of_type(ENDPOINT)
        }
        interfaces = ("bedrock-runtime", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "sqs", "ssm", "ssmmessages")
        assert found == {*((name, "Interface") for name in interfaces), ("s3", "Gateway")}


def test_exactly_these_paths() -> None:
    for phase in closed().phases.values():
        assert [str(path) for path in network_paths(phase)] == [
            "0.0.0.0/0 -> load-balancer:443",
            "0.0.0.0/0 -> load-balancer:80",
            "api -> main:5432",
            "api -> network-endpoints:443",
            "api -> prefix list:443",
            "load-balancer -> api:80",
            "worker -> cache:6379",
            "worker -> network-endpoints:443",
            "worker -> prefix list:443",
        ]


def test_only_public_subnets_have_a_default_route() -> None:
    phase = closed().phases["deployed"]
    assert [route.name for route in phase.of_type("aws:ec2/route:Route")] == ["network-public-default"]
    assert not phase.of_type("aws:ec2/natGateway:NatGateway")


def test_endpoints_have_a_group_of_their_own_and_stand_in_private_subnets() -> None:
    phase = closed().phases["deployed"]
    group = of(closed(), "ec2/securityGroup:SecurityGroup", "network-endpoints-group").id
    private = [of(closed(), "ec2/subnet:Subnet", f"network-private-{i}").id for i in (0, 1)]
    for record in phase.of_type(ENDPOINT):
        if record.inputs["vpcEndpointType"] == "Interface":
            assert record.inputs["securityGroupIds"] == [group]
            assert record.inputs["subnetIds"] == private
            assert record.inputs["privateDnsEnabled"] is True


def test_services_wait_for_the_endpoints() -> None:
    """A task that starts before them cannot pull its image."""
    for name in ("api", "worker"):
        waits = {urn.rpartition("::")[2] for urn in of(closed(), "ecs/service:Service", name).dependencies}
        assert {"network-endpoints-ecr-dkr", "network-endpoints-s3", "network-endpoints-logs"} <= waits
