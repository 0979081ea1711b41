"""Bounds of a service's tasks that change with the time of day."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.cron import cron_fault, in_aws_words
from settings.model import OPEN, Fault, Model, refuse
from settings.names import nearest

__all__ = ["Scheduled", "schedule_faults", "zone_fault"]


class Scheduled(Model):
    """From when on how many tasks run."""

    cron: str
    """When, as AWS's cron of six fields (minute hour day-of-month month day-of-week year): `0 20 ? * MON-FRI *`."""
    timezone: str = "UTC"
    """Time zone of `cron`, such as Europe/Berlin; it follows summer time."""
    min: Annotated[int, Field(ge=0, le=1000)]
    """Tasks at least, from then on."""
    max: Annotated[int, Field(ge=0, le=1000)]
    """Tasks at most, from then on; 0 switches the service off."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = []
        if reason := cron_fault(self.cron):
            faults.append(Fault("cron", reason, in_aws_words(self.cron) or OPEN))
        if reason := zone_fault(self.timezone):
            faults.append(Fault("timezone", reason))
        if self.max < self.min:
            faults.append(Fault("max", f"is {self.max}, less than min {self.min}; write at least {self.min}"))
        refuse(faults)
        return self


def zone_fault(name: str) -> str | None:
    """Why `name` is not a time zone, if this machine has the list of them."""
    known = _zones()
    if not known or name in known:
        return None
    places = [zone for zone in known if "/" in zone] if name.isalpha() and name.isupper() else known
    guess = nearest(name, [zone.lower() for zone in places])
    likely = next((zone for zone in places if zone.lower() == guess), None)
    return f"{name!r} is not a time zone; " + (
        f"did you mean {likely}?" if likely else "write one such as Europe/Berlin"
    )


@cache
def _zones() -> frozenset[str]:
    """Every time zone; listing them reads all of their files."""
    return frozenset(zoneinfo.available_timezones())


def schedule_faults(schedule: tuple[Scheduled, ...]) -> list[Fault]:
    """Entries that never end, or fire together."""
    faults = []
    if len(schedule) == 1:
        faults.append(
            Fault("schedule", "has one entry, after which its bounds never change again; add the entry that ends them")
        )
    seen: dict[tuple[str, str], int] = {}
    for i, entry in enumerate(schedule):
        first = seen.setdefault((" ".join(entry.cron.split()), entry.timezone), i)
        if first != i:
            faults.append(
                Fault(
                    f"schedule[{i}].cron",
                    f"fires together with schedule[{first}], and one undoes the other; change its time, "
                    "or remove the entry",
                )
            )
    return faults
