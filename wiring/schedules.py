"""Tasks that run by the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from components.compute.schedule import Schedule, ScheduleArgs
from components.compute.schedule_group import ScheduleGroup, ScheduleGroupArgs
from components.networking.vpc import Vpc
from components.observability.monitoring import Monitored
from settings import Settings
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.data import DataStores

__all__ = ["Schedules", "build_schedules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedules:
    """The stack's schedules and their group."""

    group: ScheduleGroup | None = None
    schedules: Mapping[str, Schedule] = field(default_factory=dict)

    @property
    def monitored(self) -> Sequence[Monitored]:
        """What is watched."""
        return [] if self.group is None else [self.group]


def build_schedules(
    ctx: StackContext, settings: Settings, network: Vpc, data: DataStores, compute: Compute
) -> Schedules:
    """One group for all schedules; without any there is none."""
    schedule_settings = settings.compute.schedules
    if not schedule_settings:
        return Schedules()
    group = ScheduleGroup("schedules", ScheduleGroupArgs(key_arn=data.key.arn), opts=ctx.opts("compute.schedules"))
    schedules = {
        name: Schedule(
            f"{name}-schedule",
            ScheduleArgs(
                settings=schedule,
                run_task_target=compute.tasks[schedule.task].run_task_target,
                group=group,
                account=ctx.account,
                depends_on=network.private_dependencies,
            ),
            opts=ctx.opts(f"compute.schedules.{name}"),
        )
        for name, schedule in schedule_settings.items()
    }
    return Schedules(group=group, schedules=schedules)
