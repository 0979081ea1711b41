"""How the reminders of old secrets are watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from components.observability.alarm import AlarmArgs
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["RemindersMonitoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersMonitoring(Monitoring):
    """An alarm on weekly checks that failed, after which nobody is reminded."""

    area: ClassVar[Area] = "data"
    failures: Metric

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        failed = AlarmArgs(
            metric=self.failures,
            comparison=">=",
            threshold=1,
            minutes=5,
            treat_missing="notBreaching",
            description="The weekly check of the age of secrets failed, so that nobody was reminded of old ones. This "
            "is not urgent. Look at the last execution of the state machine reminders: it names the secret and the "
            "error. Fix it, and start an execution by hand, or wait for Monday.",
        )
        return {"failed": failed}
