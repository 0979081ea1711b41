"""Broken stack files: tasks that run by the clock."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import CANARY, Broken

__all__ = ["BROKEN"]

_TASKS = {"compute.tasks": {"cleanup": {"image_from": "api", "architecture": "arm64"}}}
_KEY = "compute.schedules.nightly"
_DAILY = {"task": "cleanup", "cron": "0 3 * * ? *"}
_WITHOUT_CRON = {"task": "cleanup"}


def _scheduled(**settings: Any) -> dict[str, Any]:
    return {**_TASKS, _KEY: {**_DAILY, **settings}}


def _every(every: Any, **settings: Any) -> dict[str, Any]:
    return {**_TASKS, _KEY: {**_WITHOUT_CRON, "every": every, **settings}}


BROKEN = [
    Broken(
        "a schedule of no task",
        "",
        _scheduled(task="clean-up"),
        f"{_KEY}.task",
        "'clean-up' is not in compute.tasks",
        "did you mean cleanup?",
    ),
    Broken(
        "a schedule without any task",
        "",
        {_KEY: _DAILY},
        f"{_KEY}.task",
        "'cleanup' is not in compute.tasks",
        "add it there",
    ),
    Broken(
        "a schedule of a service",
        "",
        _scheduled(task="api"),
        f"{_KEY}.task",
        "'api' is not in compute.tasks",
        "there are cleanup",
    ),
    Broken(
        "a schedule without a time",
        "",
        {_KEY: _WITHOUT_CRON, **_TASKS},
        f"{_KEY}.cron",
        "is missing, and so is every",
        "one",
    ),
    Broken(
        "a schedule with two times",
        "",
        _scheduled(every={"hours": 1}),
        f"{_KEY}.cron",
        "is given together with every",
        "one of",
    ),
    Broken(
        "a scheduled task that never runs",
        "",
        _scheduled(cron="0 3 30 2 ? *"),
        f"{_KEY}.cron",
        "never fires: day 30 is in none of its months",
        "choose another day",
    ),
    Broken(
        "a schedule in Unix's cron",
        "",
        _scheduled(cron="0 3 * * *"),
        f"{_KEY}.cron",
        "has 5 fields, and AWS's cron has six (minute hour day-of-month month",
        "write 0 3 * * ? *",
    ),
    Broken(
        "a schedule in no time zone",
        "",
        _scheduled(timezone="Europe/Berlni"),
        f"{_KEY}.timezone",
        "is not a time zone",
        "did you mean Europe/Berlin?",
    ),
    Broken(
        "a period with a time zone",
        "",
        _every({"hours": 6}, timezone="Europe/Berlin"),
        f"{_KEY}.timezone",
        "a period has no time of day",
        "remove it",
    ),
    Broken(
        "two periods in one",
        "",
        _every({"hours": 6, "minutes": 30}),
        f"{_KEY}.every",
        "needs exactly one period",
        "{minutes: …}",
    ),
    Broken("no period", "", _every({}), f"{_KEY}.every", "needs exactly one period", "write one of"),
    Broken(
        "a period of seconds",
        "",
        _every({"seconds": 30}),
        f"{_KEY}.every.seconds",
        "unknown key",
        "remove it, or write one of days, hours, minutes",
    ),
    Broken(
        "a period of nothing", "", _every({"minutes": 0}), f"{_KEY}.every.minutes", "0 is too small", "write 1 or more"
    ),
    Broken("a period as text", "", _every("rate(6 hours)"), f"{_KEY}.every", "is not a mapping", "write `key: value`"),
    Broken(
        "a window beyond the next run",
        "",
        _every({"minutes": 10}, window_minutes=15),
        f"{_KEY}.window_minutes",
        "is 15, longer than the 10 minutes to the next run, so that runs meet",
        "write at most 10",
    ),
    Broken(
        "a window beyond the next time",
        "",
        _scheduled(cron="0/20 8-18 * * ? *", window_minutes=30),
        f"{_KEY}.window_minutes",
        "is 30, longer than the 20 minutes to the next run, so that runs meet",
        "write at most 20",
    ),
    Broken(
        "a window of days",
        "",
        _scheduled(window_minutes=2880),
        f"{_KEY}.window_minutes",
        "2880 is too large",
        "write 1440 or less",
    ),
    Broken(
        "too many attempts", "", _scheduled(retries=186), f"{_KEY}.retries", "186 is too large", "write 185 or less"
    ),
    Broken(
        "two schedules alike",
        "",
        {**_scheduled(), "compute.schedules.other": {**_DAILY, "cron": "0  3 * * ? *"}},
        "compute.schedules.other",
        "runs the same as nightly at the same times, so each run would happen",
        "remove it, or change its command",
    ),
    Broken(
        "a schedule of what waits for its image",
        "",
        {"compute.tasks": {"cleanup": {"image": "pending", "architecture": "arm64"}}, _KEY: _DAILY},
        f"{_KEY}.task",
        "cleanup waits for its first image",
        "name the image",
    ),
    Broken(
        "a schedule of a service's image to come",
        "",
        {**_scheduled(), "compute.services.api.image": "pending"},
        f"{_KEY}.task",
        "cleanup waits for its first image",
        "add the schedule afterwards",
    ),
    Broken(
        "a command that RunTask refuses",
        "",
        _scheduled(command=["run", "x" * 8200]),
        f"{_KEY}.command",
        "is longer than the 8192 characters that ECS takes",
        "shorten it",
    ),
    Broken(
        "a secret in a schedule's command",
        "",
        _scheduled(command=["--token", f"sk-{CANARY}"]),
        f"{_KEY}.command[1]",
        "looks like a secret",
        "write it under secrets",
    ),
    Broken(
        "an argument that ends early",
        "",
        _scheduled(command=["a\0b"]),
        f"{_KEY}.command[0]",
        "contains a NUL character",
        "remove it",
    ),
    Broken(
        "an output of no schedule",
        "",
        {**_scheduled(), "outputs": {"name": "schedule.nightli.name"}},
        "outputs.name",
        "is not in this stack",
        "did you mean schedule.nightly.name?",
    ),
]
