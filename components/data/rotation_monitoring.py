"""How the rotation of a password, and the redeployment after it, is watched."""

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
    """An alarm on rotations, and on redeployments after them, that failed."""

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
            description=f"The password of {self.database} could not be rotated, or it was and a service that reads it "
            "could not be redeployed. The state machine's last execution says which. NotRotated: the old password is "
            "still valid and nothing is down; read why in CloudTrail (RotationFailed), and rotate it by hand. "
            "Otherwise a service can open no new connection: restart the services that connect to it.",
        )
        return {"failed": failed}
