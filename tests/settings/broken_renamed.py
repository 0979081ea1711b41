"""Broken stack files: keys by the names that they had before."""

from __future__ import annotations

from typing import Any

from settings.renamed import RENAMED
from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_PLACES: dict[str, tuple[str, Any]] = {
    "access_log_days": ("edge.load_balancer", 30),
    "archive_days": ("data.buckets.files.lifecycle", 90),
    "cold_days": ("data.backup", 30),
    "expire_days": ("data.buckets.files.lifecycle", 365),
    "idle_seconds": (f"{_API}.timeouts", 60),
    "infrequent_days": ("data.buckets.files.lifecycle", 30),
    "log_days": ("edge.web_acl", 30),
    "notify": ("data.buckets.files", "jobs"),
    "per_request_seconds": (f"{_API}.timeouts", 60),
    "retention_days": ("networking.flow_logs", 30),
    "sign_in": ("data.postgres.main.proxy", "token"),
    "start_seconds": (_API, 30),
}

BROKEN = [
    Broken(
        f"{old} by its old name",
        "",
        {f"{at}.{old}": value},
        f"{at}.{old}",
        f"is now called {RENAMED[old]}",
        "rename it",
    )
    for old, (at, value) in _PLACES.items()
] + [
    Broken(
        "retention_days where it stays",
        "data.queues",
        {"jobs": {"retention_dayz": 4}},
        "data.queues.jobs.retention_dayz",
        "unknown key",
        "did you mean retention_days?",
    ),
    Broken(
        "access_log_days of an HTTP API",
        "edge.http_api",
        {"access_log_days": 30},
        "edge.http_api.access_log_days",
        "is now called log_retention_days",
        "rename it",
    ),
]
