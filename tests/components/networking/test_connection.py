"""Connections: exactly one port in one direction, with client and server in the descriptions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.networking.connection import Connection, ConnectionArgs, EgressRule, EgressRuleArgs
from components.values import Peer
from preview.plan import Plan
from preview.run import ProgramError
from tests.recording import children, every_phase, one, record

EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
API = Peer(name="api", security_group_id="sg-api")
MAIN = Peer(name="main", security_group_id="sg-main", port=5432)


def connection(**args: Any) -> Plan:
    return record(lambda: Connection("api-to-main", ConnectionArgs(**{"client": API, "server": MAIN, **args})))


def egress(**args: Any) -> Plan:
    return record(lambda: EgressRule("api-to-world", EgressRuleArgs(**{"client": API, "target": "the world", **args})))


def test_connection() -> None:
    rule = {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "description": "api to main"}
    for phase in connection().phases.values():
        assert children(phase) == [(EGRESS, "api-to-main-egress-5432"), (INGRESS, "api-to-main-ingress-5432")]
        assert one(phase, EGRESS).inputs == {
            "securityGroupId": "sg-api",
            "referencedSecurityGroupId": "sg-main",
            **rule,
        }
        assert one(phase, INGRESS).inputs == {
            "securityGroupId": "sg-main",
            "referencedSecurityGroupId": "sg-api",
            **rule,
        }


def test_an_imported_group_gets_no_rule() -> None:
    server = Peer(name="imported", security_group_id="sg-imported", port=443, imported=True)
    for phase in connection(server=server).phases.values():
        assert children(phase) == [(EGRESS, "api-to-main-egress-443")]
        assert one(phase, EGRESS).inputs["referencedSecurityGroupId"] == "sg-imported"


def test_another_port_than_the_servers() -> None:
    for record_ in connection(port=9090).phases["preview"].records:
        if record_.custom:
            assert (record_.inputs["fromPort"], record_.inputs["toPort"]) == (9090, 9090)


def test_another_port_opens_before_the_old_one_is_closed() -> None:
    """Pulumi deletes at the end of an update what the program no longer names."""
    before, after = (
        {r.urn for r in connection(server=replace(MAIN, port=port)).phases["preview"].records if "Rule" in r.type}
        for port in (5432, 5433)
    )
    assert (len(before), len(after), before & after) == (2, 2, set())


def test_a_server_without_port_is_refused() -> None:
    with pytest.raises(ProgramError, match="job listens on no port; pass port"):
        every_phase(connection(server=Peer(name="job", security_group_id="sg-job")))


@pytest.mark.parametrize(
    ("target", "inputs"),
    [
        ({"cidr": "0.0.0.0/0"}, {"cidrIpv4": "0.0.0.0/0", "fromPort": 443, "toPort": 443}),
        ({"prefix_list_id": "pl-1", "port": 8443}, {"prefixListId": "pl-1", "fromPort": 8443, "toPort": 8443}),
    ],
)
def test_egress_rule(target: dict[str, Any], inputs: dict[str, Any]) -> None:
    for phase in egress(**target).phases.values():
        assert children(phase) == [(EGRESS, "api-to-world-egress")]
        assert one(phase, EGRESS).inputs == {
            "securityGroupId": "sg-api",
            "ipProtocol": "tcp",
            "description": "api to the world",
            **inputs,
        }


@pytest.mark.parametrize("target", [{}, {"cidr": "0.0.0.0/0", "prefix_list_id": "pl-1"}])
def test_egress_rule_has_one_target(target: dict[str, Any]) -> None:
    with pytest.raises(ProgramError, match="pass exactly one of cidr and prefix_list_id"):
        every_phase(egress(**target))
