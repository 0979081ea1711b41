"""Subnet CIDR blocks: inside the network, disjoint, and stable."""

from __future__ import annotations

import ipaddress
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.networking.cidr import MAX_ZONES, TIERS, plan

CIDRS = st.builds(
    lambda prefix, seed: str(ipaddress.IPv4Network(((10 << 24) + seed, prefix), strict=False)),
    st.integers(16, 22),
    st.integers(0, 2**24 - 1),
)


@given(CIDRS, st.integers(1, MAX_ZONES))
def test_subnets_are_disjoint_and_inside(cidr: str, zones: int) -> None:
    networks = [ipaddress.IPv4Network(block) for tier in plan(cidr, zones).values() for block in tier]
    assert len(networks) == 3 * zones
    assert all(network.subnet_of(ipaddress.IPv4Network(cidr)) for network in networks)
    assert not any(one.overlaps(other) for one, other in combinations(networks, 2))
    assert all(16 <= network.prefixlen <= 28 for network in networks)


@given(CIDRS, st.integers(1, MAX_ZONES - 1))
def test_appending_a_zone_changes_no_other_subnet(cidr: str, zones: int) -> None:
    before, after = plan(cidr, zones), plan(cidr, zones + 1)
    assert all(after[tier][:zones] == before[tier] for tier in TIERS)


def test_documented_sizes() -> None:
    assert plan("10.0.0.0/16", 2) == {
        "public": ["10.0.128.0/21", "10.0.136.0/21"],
        "private": ["10.0.0.0/20", "10.0.16.0/20"],
        "isolated": ["10.0.192.0/21", "10.0.200.0/21"],
    }


@pytest.mark.parametrize(("cidr", "zones"), [("10.0.0.0/23", 2), ("10.0.0.0/16", 9), ("10.0.0.0/16", 0)])
def test_refuses_too_many_zones_or_too_small_a_network(cidr: str, zones: int) -> None:
    with pytest.raises(ValueError, match=r"room|small"):
        plan(cidr, zones)
