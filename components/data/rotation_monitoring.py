"""How the redeployment after a rotation is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from components.observability.alarm import AlarmArgs
from components.observability.monitoring import Monitoring, Shows
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["RotationMonitoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationMonitoring(Monitoring):
    """An alarm on redeployments that failed."""

    area: ClassVar[Area] = "data"
    shows: ClassVar[Shows] = "failure"
    database: str
    """The database's name in the settings."""
    failures: Metric

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        failed = AlarmArgs(
            metric=self.failures,
            comparison=">=",
            threshold=1,
            minutes=5,
            treat_missing="notBreaching",
            description=f"The password of {self.database} was rotated, but a service that reads it could not be "
            "redeployed and can open no new connection. Restart the services that connect to it, then look at the "
            "state machine's last execution.",
        )
        return {"failed": failed}
