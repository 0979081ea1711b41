"""What dashboards, alarms and saved queries are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.values import Metric
from settings import Settings
from settings.observability import Alarms
from wiring.entry import Entry
from wiring.schedules import Schedules
from wiring.stores import Stores

if TYPE_CHECKING:
    from wiring.services import Services

__all__ = ["View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that runs in the stack."""

    settings: Settings
    stores: Stores
    entry: Entry
    services: Services
    timed: Schedules
    slow_statements: Mapping[str, Metric]
    """By database; only where an alarm watches them."""

    @property
    def thresholds(self) -> Alarms | None:
        """When alarms go off; None without alarms."""
        return self.settings.observability.alarms
