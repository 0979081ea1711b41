"""The backup plan and what is in it."""

from __future__ import annotations

from components.data.backup_plan import BackupPlan, BackupPlanArgs
from settings import Settings
from wiring.site import Site
from wiring.stores import Stores

__all__ = ["backups"]


def backups(site: Site, settings: Settings, stores: Stores) -> BackupPlan | None:
    """The stack's backup plan with every store that asks for it."""
    if settings.data.backup is None:
        return None
    return BackupPlan(
        "backup",
        BackupPlanArgs(
            settings=settings.data.backup,
            resource_arns={
                **{
                    name: stores.postgres[name].arn
                    for name, database in settings.data.postgres.items()
                    if database.backup_plan
                },
                **{
                    f"{name}-files": stores.file_systems[name].arn
                    for name, system in settings.data.file_systems.items()
                    if system.backup_plan
                },
            },
            bucket_arns={
                name: stores.buckets[name].arn for name, bucket in settings.data.buckets.items() if bucket.backup_plan
            },
            account_id=site.account_id,
            partition=site.partition,
            protect=site.protect,
        ),
        opts=site.inherit,
    )
