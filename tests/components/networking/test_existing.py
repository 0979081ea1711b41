"""An existing VPC: neither created nor changed, with the same interface as the stack's own."""

from __future__ import annotations

import inspect
from typing import Any

from components.networking.existing import ExistingNetwork, ExistingNetworkArgs
from components.networking.network import Network, NetworkArgs
from components.networking.vpc import Vpc
from preview.plan import Plan
from settings.networking import Networking
from settings.networking.existing import ExistingVpc
from tests.accounts import account
from tests.recording import children, every_phase, one, record
from tests.settings.broken_existing import EXISTING

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
EXISTING_ENDPOINTS = {"services": ["logs"], "security_group_id": "sg-0a1b2c3d4e5f67890"}


def existing(
    vpcs: list[Vpc] | None = None, *, internet: bool = True, services: tuple[str, ...] = (), **changes: Any
) -> Plan:
    def program() -> None:
        settings = ExistingVpc.model_validate({**EXISTING, **changes})
        args = ExistingNetworkArgs(settings=settings, account=account(), reaches_internet=internet, endpoints=services)
        (vpcs if vpcs is not None else []).append(ExistingNetwork("network", args))

    return record(program)


def test_nothing_is_created() -> None:
    vpcs: list[Vpc] = []
    for phase in existing(vpcs).phases.values():
        assert children(phase) == []
    for vpc in vpcs:
        assert vpc.vpc_id == EXISTING["vpc_id"]
        assert vpc.public_subnet_ids == EXISTING["public_subnet_ids"]
        assert vpc.private_subnet_ids == EXISTING["private_subnet_ids"]
        assert vpc.isolated_subnet_ids == EXISTING["isolated_subnet_ids"]
        assert vpc.reaches_internet
        assert (vpc.endpoints, vpc.public_dependencies, vpc.private_dependencies) == ([], (), ())


def test_data_stores_are_in_private_subnets_if_there_are_no_others() -> None:
    vpcs: list[Vpc] = []
    every_phase(existing(vpcs, isolated_subnet_ids=[]))
    assert vpcs[0].isolated_subnet_ids == EXISTING["private_subnet_ids"]


def test_missing_endpoints_are_created() -> None:
    vpcs: list[Vpc] = []
    plan = existing(vpcs, internet=False, services=("ecr.api", "ecr.dkr"), s3_prefix_list_id="pl-63a5400a")
    for phase in plan.phases.values():
        assert children(phase) == [
            (GROUP, "network-endpoints-group"),
            (ENDPOINT, "network-endpoints-ecr-api"),
            (ENDPOINT, "network-endpoints-ecr-dkr"),
        ]
        for name in ("ecr-api", "ecr-dkr"):
            inputs = one(phase, ENDPOINT, f"network-endpoints-{name}").inputs
            assert inputs["vpcId"] == EXISTING["vpc_id"]
            assert inputs["subnetIds"] == EXISTING["private_subnet_ids"]
            assert inputs["privateDnsEnabled"] is True
        assert one(phase, GROUP).inputs["vpcId"] == EXISTING["vpc_id"]
    vpc = vpcs[0]
    assert not vpc.reaches_internet
    assert vpc.gateways == {"S3": "pl-63a5400a"}
    assert [endpoint.imported for endpoint in vpc.endpoints] == [False]
    assert len(vpc.private_dependencies) == 2


def test_existing_endpoints_are_used_and_get_no_rules() -> None:
    vpcs: list[Vpc] = []
    for phase in existing(vpcs, internet=False, endpoints=EXISTING_ENDPOINTS).phases.values():
        assert children(phase) == []
    (endpoint,) = vpcs[0].endpoints
    assert (endpoint.security_group_id, endpoint.port, endpoint.imported) == ("sg-0a1b2c3d4e5f67890", 443, True)


def test_both_kinds_have_the_same_interface() -> None:
    """Wiring reads the same properties of a created and of an existing VPC."""
    vpcs: list[Any] = []
    every_phase(existing(vpcs))
    settings = Networking(zones=("us-east-1a", "us-east-1b"))
    args = NetworkArgs(settings=settings, account=account())
    every_phase(record(lambda: vpcs.append(Network("network", args))))
    properties = [name for name, _ in inspect.getmembers(Vpc, lambda member: isinstance(member, property))]
    assert len(properties) == 10
    for vpc in vpcs:
        assert all(hasattr(vpc, name) for name in properties)
