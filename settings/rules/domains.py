"""Domain names in `edge`: each leads to one place and has one certificate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from settings.edge import Edge
from settings.edge.certificate import Certificate, bare, same_zone
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


class Claim(NamedTuple):
    """A domain name that part of `edge` claims."""

    key: str
    owner: str
    name: str
    zone: str | None


def claims(edge: Edge) -> Iterator[Claim]:
    """Every domain name in `edge`; where two parts claim one, the later is reported."""
    api, distribution = edge.http_api, edge.distribution
    if api is not None and api.domain is not None:
        yield Claim("edge.http_api.domain.name", "the HTTP API", api.domain.name, api.domain.zone)
    if distribution is not None and distribution.certificate is not None:
        yield from _names("edge.distribution.certificate", "the distribution", distribution.certificate)
    if edge.load_balancer.certificate is not None and edge.load_balancer.certificate.zone is not None:
        # Without a zone, its name is only what callers verify.
        yield from _names("edge.load_balancer.certificate", "the load balancer", edge.load_balancer.certificate)
    if edge.amplify is not None and edge.amplify.domain is not None:
        yield Claim("edge.amplify.domain.name", "the Amplify app", edge.amplify.domain.name, edge.amplify.domain.zone)


def _names(key: str, owner: str, certificate: Certificate) -> Iterator[Claim]:
    for i, name in enumerate(certificate.all_names):
        yield Claim(f"{key}.names[{i - 1}]" if i else f"{key}.domain", owner, name, certificate.zone)


@reads("edge")
def _one_place_each(settings: Settings) -> Iterator[Fault]:
    reported = set[str]()
    for one, other in combinations(claims(settings.edge), 2):
        if one.owner != other.owner and bare(one.name) == bare(other.name) and other.key not in reported:
            reported.add(other.key)
            yield Fault(
                other.key,
                f"{other.name} is {one.owner}'s name, too ({one.key}), and a name leads to one place, with one "
                "certificate; write a name such as origin.example.com",
            )


@reads("edge")
def _one_zone_each(settings: Settings) -> Iterator[Fault]:
    for one, other in combinations(claims(settings.edge), 2):
        if one.owner != other.owner and one.zone == other.zone is not None and not same_zone(one.name, other.name):
            yield Fault(
                other.key,
                f"{other.name} and {one.name} ({one.key}) cannot both be in zone {one.zone}; write the zone of each",
            )
            return
