"""How an EFS file system is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.expression import Expression
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["FileSystemMetrics", "FileSystemMonitoring", "file_system_metrics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystemMetrics:
    """The metrics of one file system."""

    io_limit: Metric
    """Percent of the operations that it can do."""
    transferred: Metric
    """Bytes read and written, as EFS counts them against the throughput."""
    permitted: Metric
    """Bytes a second that it may read and write."""
    clients: Metric
    """Mounts."""

    @property
    def throughput_used(self) -> Expression:
        """Percent of the permitted throughput."""
        return Expression(
            text="100 * FILL(used, 0) / PERIOD(used) / permitted",
            metrics={"used": self.transferred, "permitted": self.permitted},
            label="throughput used (%)",
        )


def file_system_metrics(file_system_id: pulumi.Input[str]) -> FileSystemMetrics:
    """The metrics of a file system by its id."""

    def metric(name: str, label: str, statistic: Literal["Average", "Sum"] = "Average") -> Metric:
        dimensions = {"FileSystemId": file_system_id}
        return Metric(namespace="AWS/EFS", name=name, dimensions=dimensions, statistic=statistic, label=label)

    return FileSystemMetrics(
        io_limit=metric("PercentIOLimit", "operations used (%)"),
        transferred=metric("MeteredIOBytes", "bytes", "Sum"),
        permitted=metric("PermittedThroughput", "permitted (bytes/s)"),
        clients=metric("ClientConnections", "mounts", "Sum"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystemMonitoring(Monitoring):
    """Alarms on operations and, where it is provisioned, on throughput; a row of charts."""

    area: ClassVar[Area] = "data"
    name: str
    """The file system's name in the settings."""
    metrics: FileSystemMetrics
    provisioned: bool
    """Whether its throughput is fixed; elastic throughput grows with what is asked of it."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        operations = AlarmArgs(
            metric=self.metrics.io_limit,
            comparison=">",
            threshold=limits.file_system_io_percent,
            minutes=15,
            treat_missing="notBreaching",
            description=f"The file system {self.name} used more than {limits.file_system_io_percent} % of the "
            "operations that it can do, for 15 minutes; beyond that, reads and writes wait. Look for a task that opens "
            "or lists many small files, and keep what need not be shared on the task's own disk.",
        )
        return {"operations": operations, **self._throughput_alarm(limits)}

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics = self.metrics
        return DashboardRow(
            title=f"File system {self.name}",
            charts=[
                Chart(
                    title="Operations",
                    metrics=[metrics.io_limit],
                    threshold=limits and limits.file_system_io_percent,
                ),
                Chart(
                    title="Throughput",
                    metrics=[metrics.throughput_used],
                    threshold=limits and limits.file_system_throughput_percent if self.provisioned else None,
                ),
                Chart(title="Mounts", metrics=[metrics.clients]),
            ],
        )

    def _throughput_alarm(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        if not self.provisioned:
            return {}
        percent = limits.file_system_throughput_percent
        alarm = AlarmArgs(
            metric=self.metrics.throughput_used,
            comparison=">",
            threshold=percent,
            minutes=15,
            treat_missing="notBreaching",
            description=f"The file system {self.name} used more than {percent} % of its provisioned throughput for 15 "
            "minutes; at 100 % reads and writes wait. Raise its throughput, or write elastic; AWS allows a decrease "
            "only a day later.",
        )
        return {"throughput": alarm}
