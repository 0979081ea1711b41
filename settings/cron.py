"""Cron expressions as AWS reads them, and whether they ever fire."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from settings.crontab import as_aws

__all__ = ["cron_fault", "in_aws_words", "shortest_gap"]

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
_ORDER = "minute hour day-of-month month day-of-week year"
_EXAMPLE = "write six fields such as 0 20 ? * MON-FRI *"


def cron_fault(text: str) -> str | None:
    """Why AWS refuses the expression, or why it never fires, and what to write; None if it fires."""
    if (reason := _malformed(text)) is not None:
        return f"{reason}; {_fix(text)}"
    parts = text.split()
    return _never(parts[2], dict(zip([field[0] for field in _FIELDS], map(_field, parts, _FIELDS), strict=True)))


def in_aws_words(text: str) -> str | None:
    """The expression as AWS takes it, where crontab or another scheduler says the same; None where it stays wrong."""
    better = as_aws(text)
    return better if better is not None and better != text.strip() and _malformed(better) is None else None


def _fix(text: str) -> str:
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", text.strip().lower()):
        return f"write every: {{{rate[2]}s: {rate[1]}}} instead of cron"
    if better := in_aws_words(text):
        return f"write {better}"
    if len(text.split()) == 5 and not {"*", "?"} & {text.split()[2], text.split()[4]}:
        return "write two schedules, since crontab means both days, and AWS's cron takes one kind of day"
    return _EXAMPLE


def _malformed(text: str) -> str | None:
    """Why AWS does not read the expression."""
    parts = text.split()
    if text.strip().lower().startswith("rate("):
        return "is a rate, which cron is not"
    if text.strip().lower().startswith("cron("):
        return "is in cron(…), which the program adds"
    if len(parts) != len(_FIELDS):
        return f"has {len(parts)} field{'s' * (len(parts) != 1)}, and AWS's cron has six ({_ORDER})"
    for part, field in zip(parts, _FIELDS, strict=True):
        if _field(part, field) is None:
            name, low, high, names = field
            words = f", or {min(names, key=names.__getitem__)} to {max(names, key=names.__getitem__)}" if names else ""
            return f"has {part!r} as {name}, which is not a value of {low} to {high}{words}"
    if (parts[2] == "?") == (parts[4] == "?"):
        return "must have ? for exactly one of day of month and day of week"
    return None


def _field(part: str, field: tuple[str, int, int, dict[str, int]]) -> set[int] | None:
    name, low, high, names = field
    return _values(part.upper(), name, low, high, names)


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


def _never(day: str, allowed: Mapping[str, set[int] | None]) -> str | None:
    days, months, years = (allowed[name] or set() for name in ("day of month", "month", "year"))
    if day == "?" or not days:
        return None
    if all(min(days) > _LONGEST.get(month, 31) for month in months):
        return f"never fires: day {min(days)} is in none of its months; choose another day or month"
    leap = any(year % 4 == 0 and (year % 100 or year % 400 == 0) for year in years)
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
