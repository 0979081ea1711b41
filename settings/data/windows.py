"""Weekly maintenance and daily backup windows of RDS and ElastiCache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from settings.form import matches
from settings.model import Fault

__all__ = ["Apply", "DailyWindow", "WeeklyWindow", "applies_now", "too_near", "window_faults"]

Apply = Literal["now", "window"]
"""When changes that may interrupt a store take effect: at once, or in its maintenance window."""

DailyWindow = Annotated[
    str,
    matches(r"\d{2}:\d{2}-\d{2}:\d{2}", "is not a daily window; write one like 03:00-04:00, in UTC", in_schema=True),
]
"""A window of every day."""


def applies_now(apply: Apply | None, *, protect: bool) -> bool:
    """Whether changes take effect at once; where nothing is stated, in the maintenance window of a protected store."""
    return not protect if apply is None else apply == "now"


_DAY_NAME = "(mon|tue|wed|thu|fri|sat|sun)"
WeeklyWindow = Annotated[
    str,
    matches(
        rf"{_DAY_NAME}:\d{{2}}:\d{{2}}-{_DAY_NAME}:\d{{2}}:\d{{2}}",
        "is not a weekly window; write one like sun:04:30-sun:05:30, in UTC",
        in_schema=True,
    ),
]
"""A window of every week."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR = 60
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY
_SHORTEST = 30


def window_faults(
    backup: str, maintenance: str, *, key: str = "backup_window", service: str = "RDS", shortest: int = _SHORTEST
) -> Iterator[Fault]:
    """What `service` refuses of the two windows: no such time, less than `shortest` minutes, an overlap."""
    daily = _minutes(key, backup, _DAY, service, shortest)
    weekly = _minutes("maintenance_window", maintenance, _WEEK, service, shortest)
    invalid = [fault for fault in (daily, weekly) if isinstance(fault, Fault)]
    yield from invalid
    if isinstance(daily, Fault) or isinstance(weekly, Fault):
        return
    if any(_overlap((daily[0] + day * _DAY, daily[1]), weekly) for day in range(7)):
        yield Fault(
            "maintenance_window", f"overlaps the backup window {backup}, which {service} refuses; move one of them"
        )


def too_near(at: str, backup: str, maintenance: str) -> str | None:
    """The window that a backup job overlaps which starts within an hour after `at`, if there is one.

    RDS refuses a job in its own backup or maintenance window, and AWS Backup asks for an hour before them, too.
    """
    daily, weekly, started = _minutes("", backup, _DAY), _minutes("", maintenance, _WEEK), at.split(":")
    job = (int(started[0]) * 60 + int(started[1]), _HOUR)
    for window, span in ((backup, daily), (maintenance, weekly)):
        if isinstance(span, Fault):
            continue
        start, length = span
        if any(_overlap((job[0] + day * _DAY, job[1]), (start - _HOUR, length + _HOUR)) for day in range(7)):
            return window
    return None


def _minutes(
    key: str, window: str, cycle: int, service: str = "RDS", shortest: int = _SHORTEST
) -> tuple[int, int] | Fault:
    """Start and length in minutes."""
    ends = []
    for end in window.split("-"):
        *day, hour, minute = end.split(":")
        if int(hour) > 23 or int(minute) > 59:
            return Fault(key, f"{hour}:{minute} is not a time of day; write 00:00 to 23:59, in UTC")
        ends.append((_DAYS.index(day[0]) * _DAY if day else 0) + int(hour) * 60 + int(minute))
    length = (ends[1] - ends[0]) % cycle
    if length < shortest:
        return Fault(key, f"is {length} minutes long; write one of at least {shortest} minutes, as {service} requires")
    return ends[0], length


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of start and length meet, in a week without end."""
    return (other[0] - one[0]) % _WEEK < one[1] or (one[0] - other[0]) % _WEEK < other[1]
