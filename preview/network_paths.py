"""The network paths that a plan opens, read off its security-group rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from preview.invokes import CLOUDFRONT
from preview.plan import Phase, Record

__all__ = ["NetworkPath", "network_paths"]

_GROUP = "aws:ec2/securityGroup:SecurityGroup"
_INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


class NetworkPath(NamedTuple):
    """One allowed path. `half` names the side that lacks its rule, so that nothing gets through."""

    client: str
    server: str
    port: str
    half: str = ""

    def __str__(self) -> str:
        tail = f" (half open: no {self.half} rule)" if self.half else ""
        return f"{self.client} -> {self.server}:{self.port}{tail}"


def network_paths(phase: Phase) -> list[NetworkPath]:
    """All paths, sorted: between two security groups, from addresses to a group, from a group to addresses.

    At preview ids are unknown, so property dependencies identify the groups; afterwards their ids do.
    """
    groups = {record.urn: _label(phase, record) for record in phase.of_type(_GROUP)}
    by_id = {record.id: record.urn for record in phase.of_type(_GROUP) if record.id}

    def group(record: Record, prop: str) -> str | None:
        value = record.inputs.get(prop)
        if value in by_id:
            return groups[by_id[value]]
        candidates = [groups[urn] for urn in record.property_dependencies.get(prop, ()) if urn in groups]
        return candidates[0] if len(candidates) == 1 else None

    def other(record: Record) -> str:
        return (
            group(record, "referencedSecurityGroupId")
            or _imported(record)
            or record.inputs.get("cidrIpv4")
            or record.inputs.get("cidrIpv6")
            or _prefix_list(record.inputs)
        )

    admitted = {
        (other(record), group(record, "securityGroupId") or "unknown", _port(record))
        for record in phase.of_type(_INGRESS)
    }
    opened = {
        (group(record, "securityGroupId") or "unknown", other(record), _port(record))
        for record in phase.of_type(_EGRESS)
    }
    labels = set(groups.values())
    whole = [NetworkPath(*path) for path in admitted & opened]
    from_addresses = [NetworkPath(*path) for path in admitted - opened if path[0] not in labels]
    to_addresses = [NetworkPath(*path) for path in opened - admitted if path[1] not in labels]
    halves = [NetworkPath(*path, half="egress") for path in admitted - opened if path[0] in labels]
    halves += [NetworkPath(*path, half="ingress") for path in opened - admitted if path[1] in labels]
    return sorted([*whole, *from_addresses, *to_addresses, *halves])


def _imported(record: Record) -> str | None:
    """The id of a security group outside the stack."""
    value = record.inputs.get("referencedSecurityGroupId")
    return value if isinstance(value, str) else None


def _prefix_list(inputs: Mapping[str, Any]) -> str:
    if "prefixListId" not in inputs:
        return "unknown"
    return "CloudFront" if inputs["prefixListId"] == CLOUDFRONT else "prefix list"


def _label(phase: Phase, group: Record) -> str:
    parent = phase.by_urn().get(group.parent)
    return parent.name if parent is not None else group.name


def _port(record: Record) -> str:
    first, last = record.inputs.get("fromPort"), record.inputs.get("toPort")
    if first is None:
        return "all"
    return str(first) if first == last else f"{first}-{last}"
