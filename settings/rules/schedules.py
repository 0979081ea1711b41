"""`compute.schedules`: tasks that run by a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.schedules import ScheduledTask
from settings.model import Fault
from settings.names import meant
from settings.rules.registry import reads
from settings.stack import Settings


@reads("compute")
def _tasks(settings: Settings) -> Iterator[Fault]:
    tasks = settings.compute.tasks
    for name, schedule in settings.compute.schedules.items():
        if schedule.task not in tasks:
            yield Fault(
                f"compute.schedules.{name}.task",
                f"{schedule.task!r} is not in compute.tasks; {meant(schedule.task, tasks)}",
            )


@reads("compute")
def _images(settings: Settings) -> Iterator[Fault]:
    compute = settings.compute
    for name, schedule in compute.schedules.items():
        task = compute.tasks.get(schedule.task)
        source = compute.services.get(task.image_from) if task and task.image_from else task
        if source is not None and source.pending:
            yield Fault(
                f"compute.schedules.{name}.task",
                f"{schedule.task} waits for its first image, and would fail at each time; name the image (`tag`, or "
                "`image`), or add the schedule afterwards",
            )


@reads("compute")
def _alike(settings: Settings) -> Iterator[Fault]:
    seen: dict[tuple[str, str, str, tuple[str, ...]], str] = {}
    for name, schedule in settings.compute.schedules.items():
        first = seen.setdefault(_runs(schedule), name)
        if first != name:
            yield Fault(
                f"compute.schedules.{name}",
                f"runs the same as {first} at the same times, so each run would happen twice; remove it, or "
                "change its command",
            )


def _runs(schedule: ScheduledTask) -> tuple[str, str, str, tuple[str, ...]]:
    return schedule.task, schedule.expression, schedule.timezone, schedule.command
