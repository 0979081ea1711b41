"""Settings of scheduled tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from settings.clear_text import argument_faults
from settings.compute.replica_schedule import zone_fault
from settings.cron import cron_fault, in_aws_words, shortest_gap
from settings.model import OPEN, Fault, Model, refuse
from settings.types import Name

__all__ = ["Every", "ScheduledTask"]

# RunTask takes no longer overrides, the signs of their JSON included.
_LONGEST_OVERRIDES = 8192


class Every(Model):
    """A period: exactly one of `minutes`, `hours` and `days`."""

    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    """Minutes from one run to the next."""
    hours: Annotated[int, Field(ge=1, le=720)] | None = None
    """Hours from one run to the next."""
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    """Days, of 24 hours each, from one run to the next."""

    @property
    def expression(self) -> str:
        """As AWS writes it."""
        unit, value = self._given()[0]
        return f"rate({value} {unit if value > 1 else unit.removesuffix('s')})"

    @property
    def period(self) -> int:
        """Minutes from one run to the next."""
        unit, value = self._given()[0]
        return value * {"minutes": 1, "hours": 60, "days": 1440}[unit]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(self._given()) != 1:
            refuse([Fault("", "needs exactly one period; write one of {minutes: …}, {hours: …} and {days: …}")])
        return self

    def _given(self) -> list[tuple[str, int]]:
        periods = (("minutes", self.minutes), ("hours", self.hours), ("days", self.days))
        return [(unit, value) for unit, value in periods if value is not None]


class ScheduledTask(Model):
    """When a standalone task runs; a schedule costs about 1 USD for a million runs, the task what it takes."""

    task: Name
    """The task of compute.tasks that runs."""
    cron: str | None = None
    """When, as AWS's cron of six fields (minute hour day-of-month month day-of-week year): `0 3 * * ? *`."""
    timezone: str = "UTC"
    """Time zone of `cron`, such as Europe/Berlin; it follows summer time."""
    every: Every | None = None
    """Instead of `cron`: {minutes: 30}, {hours: 6} or {days: 1}, counted from when the schedule was made."""
    window_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """Minutes after that time within which AWS chooses the moment; 0 is on time, within the minute."""
    retries: Annotated[int, Field(ge=0, le=185)] = 2
    """Further attempts to start the task, for an hour at most. A task that has started is never run again."""
    command: tuple[str, ...] = ()
    """Arguments of the container in these runs; by default the task's own."""
    enabled: bool = True
    """Whether it runs; false keeps the schedule and pauses it."""

    @property
    def expression(self) -> str:
        """When, as AWS writes it."""
        return self.every.expression if self.every else f"cron({' '.join((self.cron or '').split())})"

    @property
    def period(self) -> int | None:
        """Minutes at least from one run to the next, where that is known."""
        return self.every.period if self.every else shortest_gap(self.cron or "")

    @property
    def overrides(self) -> dict[str, Any] | None:
        """What RunTask changes of the task definition."""
        return {"containerOverrides": [{"name": self.task, "command": list(self.command)}]} if self.command else None

    @model_validator(mode="after")
    def _check(self) -> Self:
        when = list(self._when_faults())
        refuse([*when, *(() if when else self._window_faults()), *self._command_faults()])
        return self

    def _when_faults(self) -> Iterator[Fault]:
        if (self.cron is None) == (self.every is None):
            what = "is missing, and so is every; write" if self.cron is None else "is given together with every; keep"
            yield Fault("cron", f"{what} one of them")
        if self.cron is not None and (reason := cron_fault(self.cron)):
            yield Fault("cron", reason, in_aws_words(self.cron) or OPEN)
        if self.every is not None and "timezone" in self.model_fields_set:
            yield Fault("timezone", "belongs to cron, and a period has no time of day; remove it, or write cron")
        elif reason := zone_fault(self.timezone):
            yield Fault("timezone", reason)

    def _window_faults(self) -> Iterator[Fault]:
        if self.period is not None and self.window_minutes > self.period:
            yield Fault(
                "window_minutes",
                f"is {self.window_minutes}, longer than the {self.period} minutes to the next run, so that runs meet; "
                f"write at most {self.period}",
            )

    def _command_faults(self) -> Iterator[Fault]:
        if self.overrides and len(json.dumps(self.overrides)) > _LONGEST_OVERRIDES:
            yield Fault(
                "command",
                f"is longer than the {_LONGEST_OVERRIDES} characters that ECS takes with a run; shorten it, or put it "
                "into the image",
            )
        yield from argument_faults("command", self.command)
        for i, argument in enumerate(self.command):
            if "\0" in argument:
                yield Fault(f"command[{i}]", "contains a NUL character, which ends an argument; remove it")
