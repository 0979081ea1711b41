"""Tasks that run by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.compute.schedule import Schedule, ScheduleArgs
from components.compute.schedule_group import ScheduleGroup, ScheduleGroupArgs
from components.networking.vpc import Vpc
from settings import Settings
from wiring.site import Site
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["Schedules", "schedules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedules:
    """The stack's schedules and their group."""

    group: ScheduleGroup | None = None
    schedules: Mapping[str, Schedule] = field(default_factory=dict)


def schedules(site: Site, settings: Settings, network: Vpc, stores: Stores, services: Services) -> Schedules:
    """One group for all schedules; without any there is none."""
    wanted = settings.compute.schedules
    if not wanted:
        return Schedules()
    group = ScheduleGroup("schedules", ScheduleGroupArgs(key_arn=stores.key.arn), opts=site.inherit)
    made = {
        name: Schedule(
            f"{name}-schedule",
            ScheduleArgs(
                settings=schedule,
                launch=services.tasks[schedule.task].launch,
                group=group,
                account_id=site.account_id,
                wait_for=network.private_ready,
            ),
            opts=site.inherit,
        )
        for name, schedule in wanted.items()
    }
    return Schedules(group=group, schedules=made)
