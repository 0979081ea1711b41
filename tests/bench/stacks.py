"""Stacks to measure: the shipped ones, and one of any size."""

from __future__ import annotations

import json
from pathlib import Path

from preview import run
from preview.stackfile import StackFile
from tests.stacks import AUTONAMING

__all__ = ["PROJECT", "of_services", "shipped"]

PROJECT = "agent-platform"
_SERVICE = {
    "image": "public.ecr.aws/docker/library/nginx:1.29",
    "architecture": "arm64",
    "port": 80,
    "writable": ["/tmp"],
    "connects_to": ["main"],
}


def shipped() -> list[Path]:
    """The stack files of the project."""
    return sorted([*run.ROOT.glob("Pulumi.*.yaml"), *run.ROOT.glob("systems/*.yaml")])


def of_services(count: int) -> StackFile:
    """A stack of `count` routed services with one database."""
    services = {
        f"s{i}": {**_SERVICE, "route": {"paths": [f"/s{i}/*"], "health": f"/s{i}/health"}} for i in range(count)
    }
    areas = {
        "networking": {"zones": ["us-east-1a", "us-east-1b"]},
        "data": {"postgres": {"main": {}}},
        "compute": {"services": services},
        "observability": {"alarms": None},
    }
    values = {f"{PROJECT}:{name}": json.dumps(area) for name, area in areas.items()}
    return StackFile(
        stack="bench",
        path=Path("bench.yaml"),
        values={"aws:region": "us-east-1", **AUTONAMING, f"{PROJECT}:environment": "dev", **values},
        secret_keys=(),
    )
