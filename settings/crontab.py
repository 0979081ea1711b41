"""What AWS's cron writes for the same times as crontab, Quartz, or AWS's own `cron(…)`."""

from __future__ import annotations

import re

__all__ = ["as_aws"]

_NICKNAMES = {
    "@hourly": "0 * * * ? *",
    "@daily": "0 0 * * ? *",
    "@midnight": "0 0 * * ? *",
    "@weekly": "0 0 ? * SUN *",
    "@monthly": "0 0 1 * ? *",
    "@yearly": "0 0 1 1 ? *",
    "@annually": "0 0 1 1 ? *",
}
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FULL = {
    "SUNDAY": "SUN",
    "MONDAY": "MON",
    "TUESDAY": "TUE",
    "WEDNESDAY": "WED",
    "THURSDAY": "THU",
    "FRIDAY": "FRI",
    "SATURDAY": "SAT",
}


def as_aws(text: str) -> str | None:
    """The six fields that probably are meant; None where that is open. Whether AWS takes them is not checked."""
    text = text.strip()
    if text.lower() in _NICKNAMES:
        return _NICKNAMES[text.lower()]
    wrapped = re.fullmatch(r"cron\((.*)\)", text, re.IGNORECASE)
    parts = (wrapped[1] if wrapped else text).upper().split()
    if len(parts) == 5:
        days = _days(parts[4])
        return _six([*parts[:4], days, "*"]) if days else None
    if parts and parts[0] == "0" and (len(parts) == 7 or (len(parts) == 6 and re.search(r"[A-Z?]", parts[5]))):
        parts = [*parts[1:], "*"][:6]  # Quartz and Spring begin with the second
    return _six(parts) if len(parts) == 6 else None


def _six(parts: list[str]) -> str | None:
    """The fields with ? for exactly one of the two days; None where both days are given, which AWS cannot say."""
    day, weekday = parts[2], _names(parts[4])
    if day not in ("*", "?") and weekday not in ("*", "?"):
        return None
    if weekday in ("*", "?"):
        day, weekday = ("*" if day == "?" else day), "?"
    else:
        day = "?"
    return " ".join([parts[0], parts[1], day, parts[3], weekday, parts[5]])


def _names(weekday: str) -> str:
    """Days of the week by their short names, and a span over the week's end day by day."""
    for full, short in _FULL.items():
        weekday = weekday.replace(full, short)
    span = re.fullmatch(r"([A-Z]{3})-([A-Z]{3})", weekday)
    if span and span[1] in _DAYS and span[2] in _DAYS and _DAYS.index(span[1]) > _DAYS.index(span[2]):
        return ",".join([*_DAYS[_DAYS.index(span[1]) :], *_DAYS[: _DAYS.index(span[2]) + 1]])
    return weekday


def _days(weekday: str) -> str | None:
    """crontab's days of the week, of which 0 and 7 are Sunday, in AWS's names."""
    if weekday in ("*", "?"):
        return "*"
    weekday = _names(weekday)
    days: set[int] = set()
    for item in weekday.split(","):
        match = re.fullmatch(r"(\*|[0-7]|[A-Z]{3})(?:-([0-7]|[A-Z]{3}))?(?:/([1-7]))?", item)
        first = _number(match[1]) if match else None
        last = (_number(match[2]) if match[2] else 6 if match[3] else first) if match else None
        if match is None or first is None or last is None:
            return None
        days |= {day % 7 for day in range(first, last + 1, int(match[3] or 1))}
    chosen = sorted(days)
    if len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{_DAYS[chosen[0]]}-{_DAYS[chosen[-1]]}"
    return ",".join(_DAYS[day] for day in chosen) or None


def _number(text: str) -> int | None:
    if text == "*":
        return 0
    return int(text) if text.isdecimal() else _DAYS.index(text) if text in _DAYS else None
