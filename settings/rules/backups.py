"""The backup plan and what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings
from settings.windows import too_near


@reads("data")
def _plan_and_members(settings: Settings) -> Iterator[Fault]:
    data = settings.data
    if data.backup is None:
        for key in data.backed_up:
            yield Fault(f"data.{key}", "there is no plan; add data.backup, such as {keep_days: 35}")
    elif not data.backed_up:
        yield Fault("data.backup", "backs nothing up; write backup_plan: true where it should, or remove it")


@reads("data")
def _apart_from_windows(settings: Settings) -> Iterator[Fault]:
    plan = settings.data.backup
    if plan is None:
        return
    for name, database in settings.data.postgres.items():
        window = too_near(plan.at, database.backup_window, database.maintenance_window)
        if database.backup_plan and window is not None:
            yield Fault(
                "data.backup.at",
                f"{plan.at} comes in the way of a window of {name} ({window}), in which RDS refuses other backups; "
                "begin after it, or over two hours before",
            )
