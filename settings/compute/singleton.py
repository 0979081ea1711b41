"""A service that writes to a file system runs one task only: two would corrupt its files."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.deploy import Deploy
from settings.compute.replicas import Replicas
from settings.compute.spot import Spot
from settings.model import Fault

__all__ = ["singleton_faults"]

_WHY = "the service writes to a file system, and two tasks at once would corrupt its files"


def singleton_faults(replicas: Replicas, deploy: Deploy, *, spot: Spot | None) -> Iterator[Fault]:
    """Settings that could run two tasks at once, or stop the only one at any time."""
    if replicas.peak > 1:
        key = "replicas" if not replicas.autoscaled else "replicas.max" if replicas.max > 1 else "replicas.schedule"
        yield Fault(key, f"{replicas.peak} tasks: {_WHY}; set max to 1, or mount the volume read_only")
    if deploy.strategy != "rolling":
        yield Fault(
            "deploy.strategy",
            f"{deploy.strategy} runs both revisions for a while: {_WHY}; set deploy.strategy: rolling",
        )
    if spot is not None:
        yield Fault("spot", "may stop the service's only task at any time, while it writes; remove it")
