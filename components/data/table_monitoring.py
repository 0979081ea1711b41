"""How a table is watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.expression import total
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.data import tables
from settings.data.tables import Units
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["TableMetrics", "TableMonitoring", "table_metrics"]

# An alarm takes ten metrics, and each costs. Errors of AWS's own do not spare the operations that are used most.
_METRICS_AN_ALARM = 10
_OPERATIONS = ("GetItem", "Query", "PutItem", "UpdateItem")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMetrics:
    """The metrics of one table, each first of the table itself and then of each of its indexes."""

    reads: Sequence[Metric]
    """Read units that were consumed."""
    writes: Sequence[Metric]
    """Write units that were consumed."""
    throttled_reads: Sequence[Metric]
    """Reads that were refused because they were too many."""
    throttled_writes: Sequence[Metric]
    """Writes that were refused because they were too many."""
    system_errors: Sequence[Metric]
    """Requests that failed within DynamoDB, for each of the operations that are used most."""


def table_metrics(name: str, table: pulumi.Input[str], indexes: Sequence[str]) -> TableMetrics:
    """The metrics of the table that settings call `name`, with its name in AWS."""

    def sums(metric: str, label: str) -> list[Metric]:
        """DynamoDB counts what it does for an index with the index alone."""
        places: list[tuple[str, dict[str, pulumi.Input[str]]]] = [
            (name, {"TableName": table}),
            *((f"{name} {index}", {"TableName": table, "GlobalSecondaryIndexName": index}) for index in indexes),
        ]
        return [_sum(metric, dimensions, f"{place} {label}") for place, dimensions in places]

    return TableMetrics(
        reads=sums("ConsumedReadCapacityUnits", "read units a minute"),
        writes=sums("ConsumedWriteCapacityUnits", "write units a minute"),
        throttled_reads=sums("ReadThrottleEvents", "throttled reads"),
        throttled_writes=sums("WriteThrottleEvents", "throttled writes"),
        system_errors=[
            _sum("SystemErrors", {"TableName": table, "Operation": operation}, f"{name} {operation}")
            for operation in _OPERATIONS
        ],
    )


def _sum(metric: str, dimensions: Mapping[str, pulumi.Input[str]], label: str) -> Metric:
    return Metric(namespace="AWS/DynamoDB", name=metric, dimensions=dimensions, statistic="Sum", label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMonitoring(Monitoring):
    """Alarms on throttled reads and writes and on errors of DynamoDB itself; a row of charts.

    A table without requests has no data, which counts as neither.
    """

    area: ClassVar[Area] = "data"
    name: str
    """The table's name in the settings."""
    metrics: TableMetrics
    settings: tables.Table
    """What the stack's settings say about it."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {
            **dict(self._throttled("reads", self.metrics.throttled_reads)),
            **dict(self._throttled("writes", self.metrics.throttled_writes)),
            "system-errors": AlarmArgs(
                metric=total(f"{self.name} system errors", self.metrics.system_errors),
                comparison=">=",
                threshold=1,
                minutes=5,
                periods=3,
                treat_missing="notBreaching",
                description=f"DynamoDB itself has failed requests to the table {self.name} for 15 minutes. SDKs repeat "
                "them, so users may notice nothing but slowness. Look at the AWS Health Dashboard of the region; there "
                "is nothing to repair in the stack.",
            ),
        }

    def _throttled(self, what: str, metrics: Sequence[Metric]) -> Iterator[tuple[str, AlarmArgs]]:
        limit, capacity = self.settings.alarm_throttled, self.settings.capacity
        fix = (
            "A single partition takes 3,000 reads and 1,000 writes a second: look for one key that most requests name "
            "(CloudWatch Contributor Insights shows it), and spread them over more keys"
            if capacity is None
            else f"Raise capacity.{what.removesuffix('s')}, or remove capacity to pay by request; if the charts show "
            "less than is provisioned, one key has too many requests, so spread them over more keys"
        )
        for first in range(0, len(metrics), _METRICS_AN_ALARM):
            yield (
                f"throttled-{what}" if first == 0 else f"throttled-{what}-{1 + first // _METRICS_AN_ALARM}",
                AlarmArgs(
                    metric=total(f"{self.name} throttled {what}", metrics[first : first + _METRICS_AN_ALARM]),
                    comparison=">=",
                    threshold=limit,
                    minutes=5,
                    treat_missing="notBreaching",
                    description=f"DynamoDB throttled {limit} or more {what} of the table {self.name} or its indexes "
                    f"within 5 minutes; SDKs repeat them a few times, then they fail. {fix}.",
                ),
            )

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        metrics, capacity = self.metrics, self.settings.capacity
        return DashboardRow(
            title=f"Table {self.name}",
            charts=[
                Chart(title="Reads", metrics=metrics.reads, marks=_provisioned(capacity and capacity.read)),
                Chart(title="Writes", metrics=metrics.writes, marks=_provisioned(capacity and capacity.write)),
                Chart(
                    title="Throttled",
                    metrics=[*metrics.throttled_reads, *metrics.throttled_writes],
                    threshold=limits and self.settings.alarm_throttled,
                ),
                Chart(title="System errors", metrics=metrics.system_errors),
            ],
        )


def _provisioned(units: Units | None) -> Mapping[str, float]:
    return {} if units is None else {"provisioned at most": units.max * 60}
