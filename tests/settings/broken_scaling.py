"""Broken stack files: Spot, and bounds that change with the time of day."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_NIGHT = {"cron": "0 20 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 0, "max": 0}
_DAY = {"cron": "0 6 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 1, "max": 1}
_VOLUME = {"file_system": "shared", "access_point": "api", "path": "/data"}


def _schedule(*entries: dict[str, Any], **replicas: Any) -> dict[str, Any]:
    return {f"{_API}.replicas": {"schedule": list(entries), **replicas}}


def _entry(**changes: Any) -> dict[str, Any]:
    return _schedule({**_NIGHT, **changes}, _DAY)


BROKEN = [
    Broken(
        "a base without Spot",
        "",
        {f"{_API}.spot": {"base": 2}, f"{_API}.replicas": {"min": 2, "max": 2}},
        f"{_API}.spot.base",
        "is 2, and at most 2 tasks run, so none is on Spot",
        "write at most 1, or raise replicas.max",
    ),
    Broken(
        "a base without weight",
        f"{_API}.spot",
        {"base": 1, "percent": 100},
        f"{_API}.spot.percent",
        "leaves no weight to the on-demand base",
        "at most 99",
    ),
    Broken(
        "a Spot-only singleton",
        "",
        {
            "data.file_systems.shared": {"access_points": {"api": {"uid": 1000, "gid": 1000}}},
            f"{_API}.volumes": [_VOLUME],
            f"{_API}.spot": {"base": 0, "percent": 100},
        },
        f"{_API}.spot",
        "may stop the service's only task at any time",
        "remove it",
    ),
    Broken(
        "a Spot-only task in prod",
        "",
        {"environment": "prod", f"{_API}.spot": True},
        f"{_API}.spot",
        "may stop the service's only task at any time, an outage in prod",
        "remove it, or raise replicas.max",
    ),
    Broken(
        "a misspelt share",
        f"{_API}.spot",
        {"bases": 1},
        f"{_API}.spot.bases",
        "unknown key",
        "did you mean base?",
    ),
    Broken(
        "a misspelt key of what may be left out",
        "edge.http_api",
        {"thorttle": {}},
        "edge.http_api.thorttle",
        "unknown key",
        "did you mean throttle?",
    ),
    Broken(
        "a schedule that never fires",
        "",
        _entry(cron="0 20 31 4 ? *"),
        f"{_API}.replicas.schedule[0].cron",
        "never fires: day 31 is in none of its months",
        "choose another day or month",
    ),
    Broken(
        "a schedule of the past",
        "",
        _entry(cron="0 20 ? * MON 2020"),
        f"{_API}.replicas.schedule[0].cron",
        "has '2020' as year",
        "write six fields such as",
    ),
    Broken(
        "a schedule for Unix",
        "",
        _entry(cron="0 20 * * 1-5"),
        f"{_API}.replicas.schedule[0].cron",
        "has 5 fields, and AWS's cron has six (minute hour day-of-month month",
        "write 0 20 ? * MON-FRI *",
    ),
    Broken(
        "an unknown time zone",
        "",
        _entry(timezone="Europe/Berlinn"),
        f"{_API}.replicas.schedule[0].timezone",
        "is not a time zone",
        "did you mean Europe/Berlin?",
    ),
    Broken(
        "a schedule without an end",
        "",
        _schedule(_NIGHT),
        f"{_API}.replicas.schedule",
        "has one entry, after which its bounds never change again",
        "add the entry that ends them",
    ),
    Broken(
        "two entries at once",
        "",
        _schedule(_NIGHT, _DAY, {**_DAY, "max": 0, "min": 0}),
        f"{_API}.replicas.schedule[2].cron",
        "fires together with schedule[1], and one undoes the other",
        "change its time, or remove the entry",
    ),
    Broken(
        "an entry that wakes nobody",
        "",
        _entry(max=3),
        f"{_API}.replicas.schedule[0].min",
        "is 0, and a service without a task has no load",
        "write at least 1",
    ),
    Broken(
        "an entry upside down",
        "",
        _entry(min=2),
        f"{_API}.replicas.schedule[0].max",
        "is 0, less than min 2",
        "write at least 2",
    ),
    Broken(
        "a schedule of ranges without a target",
        "",
        _schedule(_NIGHT, {**_DAY, "max": 4}),
        f"{_API}.replicas",
        "but nothing scales",
        "set cpu_percent",
    ),
    Broken(
        "a singleton of two by day",
        "",
        {
            "data.file_systems.shared": {"access_points": {"api": {"uid": 1000, "gid": 1000}}},
            f"{_API}.volumes": [_VOLUME],
            **_schedule(_NIGHT, {**_DAY, "min": 2, "max": 2}),
        },
        f"{_API}.replicas.schedule",
        "two tasks at once would corrupt its files",
        "set max to 1",
    ),
]
