"""The backup plan and what is in it."""

from __future__ import annotations

from components.data.backup_plan import BackupPlan, BackupPlanArgs
from settings import Settings
from wiring.context import StackContext
from wiring.data import DataStores

__all__ = ["build_backup_plan"]


def build_backup_plan(ctx: StackContext, settings: Settings, data: DataStores) -> BackupPlan | None:
    """The stack's backup plan with every store that asks for it."""
    if settings.data.backup is None:
        return None
    return BackupPlan(
        "backup",
        BackupPlanArgs(
            settings=settings.data.backup,
            resource_arns={
                **{
                    name: data.postgres[name].arn
                    for name, database in settings.data.postgres.items()
                    if database.backup_plan
                },
                **{
                    f"{name}-files": data.file_systems[name].arn
                    for name, system in settings.data.file_systems.items()
                    if system.backup_plan
                },
            },
            bucket_arns={
                name: data.buckets[name].arn for name, bucket in settings.data.buckets.items() if bucket.backup_plan
            },
            account=ctx.account,
            protect=ctx.protect,
        ),
        opts=ctx.opts("data.backup"),
    )
