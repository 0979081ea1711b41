"""The requests that a service answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from settings.model import Model
from settings.types import Fqdn, RoutePath

__all__ = ["Route"]


class Route(Model):
    """The requests that the load balancer sends to the service."""

    paths: Annotated[tuple[RoutePath, ...], Field(min_length=1, max_length=5)] = ("/*",)
    """Path patterns; `/*` takes what no other service takes."""
    hosts: Annotated[tuple[Fqdn, ...], Field(max_length=4)] = ()
    """Host names; by default any."""
    health: Annotated[str, Field(pattern=r"^/\S*$", max_length=1024)]
    """Path of the health check, as the service sees it (a load balancer strips no prefix)."""
    health_codes: Annotated[str, Field(pattern=r"^[234]\d{2}([,-][234]\d{2})*$")] = "200"
    """Status codes that count as healthy, such as `200-299`."""
    priority: Annotated[int, Field(ge=1, le=50000)] | None = None
    """Order of the rule; by default hosts and longer paths come first."""
