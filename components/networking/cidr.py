"""The subnet CIDR blocks of a VPC: a pure function, stable when a zone is appended."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

__all__ = ["MAX_ZONES", "TIERS", "plan"]

TIERS = ("public", "private", "isolated")
MAX_ZONES = 8


def plan(cidr: str, zones: int) -> dict[str, list[str]]:
    """The CIDR blocks of each tier's subnets, one per zone, in the order of the zones.

    Half of the network is private, a quarter public and a quarter isolated; each part is divided into eight blocks,
    of which the first `zones` are used. An appended zone gets the next block and changes no other:
    10.0.0.0/16 gives private /20 (4,091 addresses), public and isolated /21 (2,043 each).

    Errors: ValueError for more than eight zones, or a network smaller than /22 (AWS's smallest subnet is /28).
    """
    network = ipaddress.IPv4Network(cidr)
    if not 0 < zones <= MAX_ZONES:
        raise ValueError(f"{zones} zones; the network has room for 1 to {MAX_ZONES}")
    if network.prefixlen > 22:
        raise ValueError(f"{cidr} is too small for three tiers in {MAX_ZONES} zones; use /22 or larger")
    private, rest = network.subnets(prefixlen_diff=1)
    public, isolated = rest.subnets(prefixlen_diff=1)
    return {
        tier: [str(block) for block in _blocks(part)[:zones]]
        for tier, part in zip(TIERS, (public, private, isolated), strict=True)
    }


def _blocks(part: ipaddress.IPv4Network) -> Sequence[ipaddress.IPv4Network]:
    return list(part.subnets(prefixlen_diff=3))
