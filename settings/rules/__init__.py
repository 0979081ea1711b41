"""What crosses areas: each rule names the areas it reads, and is asked only where those are sound."""

from settings.rules import (
    access,
    amplify,
    backups,
    connections,
    discovery,
    entry,
    existing,
    files,
    grpc,
    metrics,
    notices,
    queues,
    secrets,
    stack,
    tasks,
    volumes,
    way_out,
)
from settings.rules.registry import check

__all__ = [
    "access",
    "amplify",
    "backups",
    "check",
    "connections",
    "discovery",
    "entry",
    "existing",
    "files",
    "grpc",
    "metrics",
    "notices",
    "queues",
    "secrets",
    "stack",
    "tasks",
    "volumes",
    "way_out",
]
