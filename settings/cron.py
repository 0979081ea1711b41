"""Cron expressions as AWS reads them, and whether they ever fire."""

from __future__ import annotations

import itertools
import re

__all__ = ["cron_fault", "shortest_gap"]

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
# Field -> lowest, highest, names of its values (Amazon EventBridge Scheduler and Application Auto Scaling user guides).
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, {name: i for i, name in enumerate(_MONTHS, 1)}),
    ("day of week", 1, 7, {name: i for i, name in enumerate(_DAYS, 1)}),
    ("year", 2026, 2199, {}),
)
_LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_EXAMPLE = "write six fields such as 0 20 ? * MON-FRI *"


def cron_fault(text: str) -> str | None:
    """Why AWS refuses the expression, or why it never fires; None if it does."""
    parts = text.split()
    if len(parts) != len(_FIELDS):
        return (
            f"has {len(parts)} fields, and AWS's cron has six (minute hour day-of-month month day-of-week year); "
            + (_EXAMPLE)
        )
    allowed: dict[str, set[int]] = {}
    for part, (name, low, high, names) in zip(parts, _FIELDS, strict=True):
        values = _values(part.upper(), name, low, high, names)
        if values is None:
            words = f", or {min(names, key=names.__getitem__)} to {max(names, key=names.__getitem__)}" if names else ""
            return f"has {part!r} as {name}, which is not a value of {low} to {high}{words}; {_EXAMPLE}"
        allowed[name] = values
    if (parts[2] == "?") == (parts[4] == "?"):
        return f"must have ? for exactly one of day of month and day of week; {_EXAMPLE}"
    return _never(parts[2], allowed)


def shortest_gap(text: str) -> int | None:
    """The shortest gap in minutes between two runs of a valid expression; None where it is unknown, or over a day."""
    minutes, hours, *days = (
        _values(part.upper(), name, low, high, names) or set()
        for part, (name, low, high, names) in zip(text.split(), _FIELDS, strict=True)
    )
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    if times and all(_adjacent(allowed, *_FIELDS[i][1:3]) for i, allowed in ((2, days[0]), (4, days[2]))):
        gaps.append(24 * 60 - times[-1] + times[0])
    return min(gaps, default=None)


def _adjacent(allowed: set[int], low: int, high: int) -> bool:
    """Whether two days follow each other."""
    return any(day + 1 in allowed for day in allowed) or {low, high} <= allowed


def _never(day: str, allowed: dict[str, set[int]]) -> str | None:
    days, months = allowed["day of month"], allowed["month"]
    if day == "?" or not days:
        return None
    if all(min(days) > _LONGEST.get(month, 31) for month in months):
        return f"never fires: day {min(days)} is in none of its months; choose another day or month"
    leap = any(year % 4 == 0 and (year % 100 or year % 400 == 0) for year in allowed["year"])
    if months == {2} and min(days) == 29 and not leap:
        return "never fires: 29 February is in none of its years; choose another day or year"
    return None


def _values(part: str, field: str, low: int, high: int, names: dict[str, int]) -> set[int] | None:
    """The values of a field; empty where a special character leaves the day open, None where it is wrong."""
    if part == "?":
        return set(range(low, high + 1)) if field.startswith("day") else None
    if _special(part, field):
        return set()
    values: set[int] = set()
    for item in part.split(","):
        one = _item(item, low, high, names)
        if not one:
            return None
        values |= one
    return values


def _special(part: str, field: str) -> bool:
    if field == "day of month":
        return bool(re.fullmatch(r"L|LW|([1-9]|[12]\d|3[01])W", part))
    return field == "day of week" and bool(re.fullmatch(r"L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5])", part))


def _item(item: str, low: int, high: int, names: dict[str, int]) -> set[int]:
    span, _, step = item.partition("/")
    if "/" in item and not (step.isdecimal() and int(step) > 0):
        return set()
    first, dash, last = span.partition("-")
    if span == "*":
        begin, end = low, high
    else:
        begin = _number(first, names)
        end = _number(last, names) if dash else high if step else begin
    if not low <= begin <= high or not low <= end <= high:
        return set()
    return set(range(begin, end + 1, int(step or 1)))


def _number(text: str, names: dict[str, int]) -> int:
    return names.get(text, int(text) if text.isdecimal() else -1)
