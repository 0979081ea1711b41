"""Broken stack files: dashboards, alarms, saved queries and reminders."""

from __future__ import annotations

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_WATCH = "observability"

BROKEN = [
    Broken(
        "the old switch of the dashboard",
        f"{_WATCH}.dashboard",
        False,
        f"{_WATCH}.dashboard",
        "unknown key",
        "did you mean dashboards?",
    ),
    Broken(
        "no such dashboards",
        f"{_WATCH}.dashboards",
        "one",
        f"{_WATCH}.dashboards",
        "is not one of",
        "'stack', 'areas' or 'none'",
    ),
]
