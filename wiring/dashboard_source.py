"""What dashboards, alarms and saved queries are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.values import Metric
from settings import Settings
from settings.observability import Alarms
from wiring.compute import Compute
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.schedules import Schedules

__all__ = ["DashboardSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardSource:
    """Everything that runs in the stack."""

    settings: Settings
    data: DataStores
    edge: Edge
    compute: Compute
    schedules: Schedules
    slow_statements: Mapping[str, Metric]
    """By database; only where an alarm watches them."""

    @property
    def thresholds(self) -> Alarms | None:
        """When alarms go off; None without alarms."""
        return self.settings.observability.alarms
