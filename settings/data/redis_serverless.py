"""Settings of ElastiCache Serverless: a Redis store without nodes."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Annotated

from pydantic import Field

from settings.model import Fault, Model

__all__ = ["Serverless", "faults_beside_serverless"]

_OF_NODES = {
    "node": "it has none, and scales up to max_gb and max_ecpu_per_second",
    "replicas": "it always keeps copies in other zones",
    "parameters": "AWS sets them",
    "maintenance_window": "it is patched without one",
    "apply": "changes take effect at once",
}


class Serverless(Model):
    """Limits of a store without nodes, and so of its cost."""

    max_gb: Annotated[int, Field(ge=1, le=5000)] = 1
    """GB of data. Valkey is metered from 0.1 GB on, about 6 USD a month at least and 61 for each full GB; redis from
    1 GB on, about 91 for each. Full, the store drops keys that expire, and then refuses to write."""
    max_ecpu_per_second: Annotated[int, Field(ge=1000, le=15_000_000)] = 5000
    """Processing units a second, one for each simple command on up to 1 KB; beyond them, commands are slowed down or
    refused. 0.0023 USD a million (redis 0.0034): without a pause, 5000 are about 30 USD a month (redis 45)."""


def faults_beside_serverless(given: Set[str], *, auth: str) -> Iterator[Fault]:
    """Settings beside `serverless` that are for nodes, or ask for a token."""
    for key, reason in _OF_NODES.items():
        if key in given:
            yield Fault(key, f"has no effect with serverless: {reason}; remove it")
    if "auth" in given and auth != "rbac":
        yield Fault("auth", "is token, which serverless does not support; remove it, or write rbac")
