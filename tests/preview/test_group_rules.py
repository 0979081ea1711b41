"""Two equal rules on one security group are a fault in both phases; rules that only look alike are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi_aws as aws
import pytest

from preview.run import ProgramError
from tests.recording import record

_EGRESS, _INGRESS = aws.vpc.SecurityGroupEgressRule, aws.vpc.SecurityGroupIngressRule


def rules(*pairs: dict[str, Any], kind: Any = _EGRESS) -> Callable[[], None]:
    def program() -> None:
        made = {name: aws.ec2.SecurityGroup(name, vpc_id="vpc-1").id for name in ("one", "two")}
        for i, pair in enumerate(pairs):
            given = {"security_group_id": "one", "ip_protocol": "tcp", "from_port": 1, "to_port": 1, **pair}
            cls = given.pop("kind", kind)
            cls(f"rule-{i}", **{key: made.get(value, value) for key, value in given.items()})

    return program


EQUAL = {
    "networks": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "description": "another"}),
    "host bits": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.1.2.3/8"}),
    "upper case": ({"cidr_ipv6": "2001:db8::/32"}, {"cidr_ipv6": "2001:0DB8::/32"}),
    "groups": ({"referenced_security_group_id": "two"}, {"referenced_security_group_id": "two"}),
    "itself": ({"referenced_security_group_id": "one"}, {"referenced_security_group_id": "one"}),
    "numbered protocol": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "6"}),
    "all protocols": (
        {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "-1"},
        {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "all", "from_port": 0, "to_port": 0},
    ),
    "existing group": (
        {"security_group_id": "sg-1", "prefix_list_id": "pl-1"},
        {"security_group_id": "sg-1", "prefix_list_id": "pl-1"},
    ),
}
DIFFERENT = {
    "ports": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "to_port": 2}),
    "protocol": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "udp"}),
    "networks": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/9"}),
    "peers": ({"referenced_security_group_id": "one"}, {"referenced_security_group_id": "two"}),
    "groups": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "security_group_id": "two"}),
    "direction": ({"cidr_ipv4": "10.0.0.0/8"}, {"cidr_ipv4": "10.0.0.0/8", "kind": _INGRESS}),
}


@pytest.mark.parametrize("kind", [_EGRESS, _INGRESS])
@pytest.mark.parametrize("name", EQUAL)
def test_equal(name: str, kind: Any) -> None:
    # The first phase fails, so that nothing known is needed.
    with pytest.raises(ProgramError, match=r"rule-1 .* is the same rule as rule-0: .*InvalidPermission\.Duplicate"):
        record(rules(*EQUAL[name], kind=kind))


@pytest.mark.parametrize("name", DIFFERENT)
def test_different(name: str) -> None:
    record(rules(*DIFFERENT[name]))


def test_what_only_up_can_tell_is_not_judged() -> None:
    def program() -> None:
        group = aws.ec2.SecurityGroup("group", vpc_id="vpc-1")
        for i in range(2):
            vpc = aws.ec2.Vpc(f"vpc-{i}", ipv4_ipam_pool_id="pool", ipv4_netmask_length=16)
            _EGRESS(f"rule-{i}", security_group_id=group.id, ip_protocol="-1", cidr_ipv4=vpc.cidr_block)

    record(program)


def test_the_fault_shows_direction_protocol_and_port() -> None:
    with pytest.raises(ProgramError, match="one group, egress tcp 1, one peer"):
        record(rules(*EQUAL["groups"]))
