"""How a backup plan is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.monitoring import Monitoring, Shows
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["BackupPlanMonitoring", "completed_jobs"]

# A day, and the nine hours after which AWS stops a job that has not completed; the rest is for the metric's delay.
_HOURS = 36


def completed_jobs(vault_name: pulumi.Input[str]) -> Metric:
    """The jobs that completed a recovery point in the vault."""
    return Metric(
        namespace="AWS/Backup",
        name="NumberOfBackupJobsCompleted",
        dimensions={"BackupVaultName": vault_name},
        statistic="Sum",
        label="completed backups",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlanMonitoring(Monitoring):
    """An alarm on a day without a completed backup; jobs that failed are reported by the event notifications."""

    area: ClassVar[Area] = "data"
    shows: ClassVar[Shows] = "failure"
    completed: Metric
    at: str
    """When the plan begins, in UTC."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        none = AlarmArgs(
            metric=self.completed,
            comparison="<",
            threshold=1,
            minutes=60,
            periods=_HOURS,
            # AWS Backup publishes nothing where it has done nothing.
            treat_missing="breaching",
            description=f"No backup has completed for {_HOURS} hours. For a new plan that is normal until its first "
            f"backup, at {self.at} UTC. Otherwise look in AWS Backup for jobs that failed or expired; where there are "
            "none, check that the plan still exists and that the account has opted in to backups of this kind of "
            "resource (Settings, Service opt-in). Start a backup by hand once the cause is found.",
        )
        return {"none-completed": none}
