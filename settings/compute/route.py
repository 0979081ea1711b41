"""The requests that a service answers."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.compute.auth import Auth
from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.types import CidrBlock, Fqdn, HealthPath, RoutePath

__all__ = ["SHIFTED_OFFSET", "Route", "is_wide"]

# The second number of a stated priority, which a rule has while ECS shifts its service's traffic. A rule that is
# replaced is created before the old one is deleted, and AWS refuses two with one number.
SHIFTED_OFFSET = 1
_LAST_PRIORITY = 50000

# A /8 holds sixteen million addresses; whatever is wider is not a private network.
_WIDEST = 8


def is_wide(cidr: str) -> bool:
    """Whether a network admits most of the internet."""
    return ipaddress.IPv4Network(cidr).prefixlen < _WIDEST


HealthCodes = Annotated[
    str,
    matches(
        r"[234]\d{2}([,-][234]\d{2})*",
        "is not a list of status codes; write one like 200, 200-299 or 200,204",
        in_schema=True,
    ),
]


class Route(Model):
    """The requests that the load balancer sends to the service."""

    paths: Annotated[tuple[RoutePath, ...], Field(min_length=1, max_length=5)] = ("/*",)
    """Path patterns; `/*` takes what no other service takes."""
    hosts: Annotated[tuple[Fqdn, ...], Field(max_length=4)] = ()
    """Host names; by default any."""
    health: HealthPath
    """Path of the health check, as the service sees it (a load balancer strips no prefix)."""
    health_codes: HealthCodes = "200"
    """Status codes that count as healthy, such as `200-299`."""
    priority: Annotated[int, Field(ge=1, le=_LAST_PRIORITY - SHIFTED_OFFSET)] | None = None
    """Order of the rule; by default hosts and longer paths come first. A service whose traffic ECS shifts takes the
    next number, so leave that free. A renamed service needs another number in the same step."""
    auth: Auth | None = None
    """A login that the load balancer asks for before the service gets a request; it needs HTTPS."""
    allow_cidrs: Annotated[tuple[CidrBlock, ...], Field(max_length=4)] = ()
    """Networks whose requests the rule takes; by default any. With `auth`, both must hold."""

    @property
    def guarded(self) -> bool:
        """Whether the route is limited to some users or networks."""
        return self.auth is not None or bool(self.allow_cidrs)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [
            Fault(f"allow_cidrs[{i}]", f"{cidr} admits nearly everybody; name networks of your own, /8 or smaller")
            for i, cidr in enumerate(self.allow_cidrs)
            if is_wide(cidr)
        ]
        if len(self.paths) + len(self.hosts) + len(self.allow_cidrs) > 5:
            faults.append(
                Fault("", "has more than five paths, hosts and networks together, a rule's limit; remove some")
            )
        refuse(faults)
        return self
