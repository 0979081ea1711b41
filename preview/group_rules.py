"""Finds rules of security groups that AWS takes once only."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from preview.plan import Record
from preview.wire import UNKNOWN

__all__ = ["equal_rules"]

_DIRECTIONS = {
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "egress",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "ingress",
}
_PEERS = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
_PROTOCOLS = {"all": "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
# What has one id that a rule may name: an unknown value that depends on one of these alone is that id.
_ONE_ID = (
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/managedPrefixList:ManagedPrefixList",
)


def equal_rules(records: Mapping[str, Record]) -> Iterator[str]:
    """Faults: two rules of one group with the same direction, protocol, ports and peer, whatever they describe.

    `records` are those of a phase, by URN.
    """
    first: dict[tuple[Any, ...], Record] = {}
    for record in records.values():
        if record.type not in _DIRECTIONS:
            continue
        key = _key(record, records)
        if key is None:
            continue
        earlier = first.setdefault(key, record)
        if earlier is not record:
            what = f"one group, {_DIRECTIONS[record.type]} {_shown(record)}, one peer"
            yield (
                f"{record.name} ({record.type}) is the same rule as {earlier.name}: {what}; "
                "AWS refuses the second (InvalidPermission.Duplicate): make one of them"
            )


def _key(record: Record, records: Mapping[str, Record]) -> tuple[Any, ...] | None:
    """What identifies a rule; None where that is not known."""
    values = [_identity(record, name, records) for name in ("securityGroupId", *_PEERS)]
    ports = _ports(record.inputs)
    if UNKNOWN in (*values, *ports):
        return None
    return (record.type, *values, *ports)


def _ports(inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    protocol = inputs.get("ipProtocol")
    if isinstance(protocol, str):
        protocol = _PROTOCOLS.get(protocol.lower(), protocol.lower())
    return (protocol,) if protocol == "-1" else (protocol, inputs.get("fromPort"), inputs.get("toPort"))


def _identity(record: Record, name: str, records: Mapping[str, Record]) -> Any:
    """A value that is equal for equal ids and networks; `UNKNOWN` where only `up` can tell."""
    value = record.inputs.get(name)
    if value is UNKNOWN:
        made_of = record.property_dependencies.get(name, ())
        one = len(made_of) == 1 and made_of[0] in records and records[made_of[0]].type in _ONE_ID
        return made_of if one else UNKNOWN
    return _network(value) if name.startswith("cidr") and isinstance(value, str) else value


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text


def _shown(record: Record) -> str:
    protocol, *ports = _ports(record.inputs)
    low, high = ports or (None, None)
    return " ".join(str(part) for part in (protocol, low if low == high else f"{low}-{high}") if part is not None)
