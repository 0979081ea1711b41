"""The address plan of a VPC: a pure function, stable when a zone is appended."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

__all__ = ["MOST_ZONES", "TIERS", "plan"]

TIERS = ("public", "private", "isolated")
MOST_ZONES = 8


def plan(cidr: str, zones: int) -> dict[str, list[str]]:
    """The subnets of each tier, one per zone, by the zone's place in the list.

    Half of the network is private, a quarter public and a quarter isolated; each is cut into eight slots,
    of which the first `zones` are used. A zone that is appended takes the next slot and moves no other:
    10.0.0.0/16 gives private /20 (4,091 addresses), public and isolated /21 (2,043 each).

    Errors: ValueError for more than eight zones, or a network smaller than /22 (AWS's smallest subnet is /28).
    """
    network = ipaddress.IPv4Network(cidr)
    if not 0 < zones <= MOST_ZONES:
        raise ValueError(f"{zones} zones; the plan has room for 1 to {MOST_ZONES}")
    if network.prefixlen > 22:
        raise ValueError(f"{cidr} is too small for three tiers in {MOST_ZONES} zones; use /22 or larger")
    private, rest = network.subnets(prefixlen_diff=1)
    public, isolated = rest.subnets(prefixlen_diff=1)
    return {
        tier: [str(slot) for slot in _slots(block)[:zones]]
        for tier, block in zip(TIERS, (public, private, isolated), strict=True)
    }


def _slots(block: ipaddress.IPv4Network) -> Sequence[ipaddress.IPv4Network]:
    return list(block.subnets(prefixlen_diff=3))
