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
    arns = {(kind, name): data.backed_up[kind][name] for kind, name in settings.data.backed_up}
    return BackupPlan(
        "backup",
        BackupPlanArgs(
            settings=settings.data.backup,
            resource_arns={_label(kind, name): arn for (kind, name), arn in arns.items() if kind != "buckets"},
            bucket_arns={name: arn for (kind, name), arn in arns.items() if kind == "buckets"},
            account=ctx.account,
            protect=ctx.protect,
        ),
        opts=ctx.opts("data.backup"),
    )


def _label(kind: str, name: str) -> str:
    """A unique name, by which the selection is sorted."""
    return {"postgres": name, "file_systems": f"{name}-files"}.get(kind, f"{name}-{kind}")
