"""`edge.web_acl`: it needs something to protect."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


@reads("compute", "edge")
def _web_acl(settings: Settings) -> Iterator[Fault]:
    if settings.edge.web_acl is not None and not settings.routed:
        yield Fault("edge.web_acl", "has nothing to protect; give a service a route, or remove it")
