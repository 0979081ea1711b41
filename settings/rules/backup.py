"""`data.backup`: the plan, what is in it, and copies in another region."""

from __future__ import annotations

from collections.abc import Iterator

from settings.data.windows import too_near
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


@reads("data")
def _plan_and_members(settings: Settings) -> Iterator[Fault]:
    data = settings.data
    if data.backup is None:
        for kind, name in data.backed_up:
            yield Fault(f"data.{kind}.{name}.backup_plan", "there is no plan; add data.backup, such as {keep_days: 35}")
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
                f"{plan.at} overlaps a window of {name} ({window}), in which RDS refuses other backups; "
                "begin after it, or over two hours before",
            )


@reads("region", "data")
def _elsewhere(settings: Settings) -> Iterator[Fault]:
    copy = settings.data.backup.copy_to if settings.data.backup is not None else None
    if copy is None:
        return
    if copy.region == settings.region:
        yield Fault(
            "data.backup.copy_to.region",
            f"is {copy.region}, the stack's own, so one outage would affect both; choose another",
        )


@reads("region", "data")
def _snapshots_are_here(settings: Settings) -> Iterator[Fault]:
    for name, database in settings.data.postgres.items():
        source = database.restore_from
        region = source.snapshot_region if source is not None else None
        if region is not None and region != settings.region:
            yield Fault(
                f"data.postgres.{name}.restore_from.snapshot",
                f"is in {region}, and RDS restores within a region; copy it first: `aws rds copy-db-snapshot --region "
                f"{settings.region} --source-region {region} --kms-key-id <key> …`",
            )
