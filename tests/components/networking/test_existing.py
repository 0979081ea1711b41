"""An existing VPC: it is neither made nor changed, and offers what one of the stack's own offers."""

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
from tests.recording import children, one, record
from tests.settings.broken_existing import EXISTING

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
THEIRS = {"services": ["logs"], "security_group_id": "sg-0a1b2c3d4e5f67890"}


def existing(
    kept: list[Vpc] | None = None, *, internet: bool = True, made: tuple[str, ...] = (), **changes: Any
) -> Plan:
    def program() -> None:
        settings = ExistingVpc.model_validate({**EXISTING, **changes})
        args = ExistingNetworkArgs(settings=settings, account=account(), reaches_internet=internet, endpoints=made)
        (kept if kept is not None else []).append(ExistingNetwork("network", args))

    return record(program)


def test_nothing_is_made() -> None:
    kept: list[Vpc] = []
    for phase in existing(kept).phases.values():
        assert children(phase) == []
    for vpc in kept:
        assert vpc.vpc_id == EXISTING["vpc_id"]
        assert vpc.public_subnet_ids == EXISTING["public_subnet_ids"]
        assert vpc.private_subnet_ids == EXISTING["private_subnet_ids"]
        assert vpc.isolated_subnet_ids == EXISTING["isolated_subnet_ids"]
        assert vpc.reaches_internet
        assert (vpc.endpoints, vpc.public_dependencies, vpc.private_dependencies) == ([], (), ())


def test_data_stands_in_private_subnets_where_there_are_no_others() -> None:
    kept: list[Vpc] = []
    existing(kept, isolated_subnet_ids=[])
    assert kept[0].isolated_subnet_ids == EXISTING["private_subnet_ids"]


def test_endpoints_that_are_missing_are_made() -> None:
    kept: list[Vpc] = []
    plan = existing(kept, internet=False, made=("ecr.api", "ecr.dkr"), s3_prefix_list_id="pl-63a5400a")
    for phase in plan.phases.values():
        assert children(phase) == [
            (GROUP, "network-endpoints-group"),
            (ENDPOINT, "network-endpoints-ecr-api"),
            (ENDPOINT, "network-endpoints-ecr-dkr"),
        ]
        for name in ("ecr-api", "ecr-dkr"):
            made = one(phase, ENDPOINT, f"network-endpoints-{name}").inputs
            assert made["vpcId"] == EXISTING["vpc_id"]
            assert made["subnetIds"] == EXISTING["private_subnet_ids"]
            assert made["privateDnsEnabled"] is True
        assert one(phase, GROUP).inputs["vpcId"] == EXISTING["vpc_id"]
    vpc = kept[0]
    assert not vpc.reaches_internet
    assert vpc.s3_prefix_list_id == "pl-63a5400a"
    assert [endpoint.imported for endpoint in vpc.endpoints] == [False]
    assert len(vpc.private_dependencies) == 2


def test_endpoints_that_are_there_are_used_and_get_no_rules() -> None:
    kept: list[Vpc] = []
    for phase in existing(kept, internet=False, endpoints=THEIRS).phases.values():
        assert children(phase) == []
    (endpoint,) = kept[0].endpoints
    assert (endpoint.security_group_id, endpoint.port, endpoint.imported) == ("sg-0a1b2c3d4e5f67890", 443, True)


def test_both_kinds_offer_the_same() -> None:
    """What wiring reads of a VPC is there, whoever made it."""
    kept: list[Any] = []
    existing(kept)
    settings = Networking(zones=("us-east-1a", "us-east-1b"))
    args = NetworkArgs(settings=settings, account=account())
    record(lambda: kept.append(Network("network", args)))
    offered = [name for name, _ in inspect.getmembers(Vpc, lambda member: isinstance(member, property))]
    assert len(offered) == 10
    for vpc in kept:
        assert all(hasattr(vpc, name) for name in offered)
