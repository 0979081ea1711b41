"""Keys that were renamed, so that the message for the old key names the new one."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["RENAMED", "new_key"]

RENAMED = {
    "access_log_days": "log_retention_days",
    "archive_days": "archive_after_days",
    "cold_days": "cold_after_days",
    "expire_days": "expire_after_days",
    "idle_seconds": "idle_timeout_s",
    "infrequent_days": "ia_after_days",
    "log_days": "log_retention_days",
    "notify": "notifications",
    "per_request_seconds": "per_request_timeout_s",
    "retention_days": "log_retention_days",
    "sign_in": "auth",
    "start_seconds": "start_period_s",
}
"""Old key -> new key. An old one counts where the new one is allowed: queues still have their `retention_days`."""


def new_key(key: str, allowed: Collection[str]) -> str | None:
    """What `key` is called today, if it was renamed where the keys `allowed` are."""
    new = RENAMED.get(key)
    return new if new in allowed else None
