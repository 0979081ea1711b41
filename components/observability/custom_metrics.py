"""Metrics that applications publish: which role may, which alarms watch them, and their row on the dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from components.naming import logical_name
from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric, Permission
from settings.observability import Area
from settings.observability.alarms import Alarms
from settings.observability.custom_metrics import CustomMetric, CustomMetrics, MetricAlarm

__all__ = ["CustomMetricsMonitoring", "publish_permission"]

_MISSING: dict[str, Literal["notBreaching", "breaching", "ignore"]] = {
    "good": "notBreaching",
    "bad": "breaching",
    "ignore": "ignore",
}


def publish_permission(namespace: str) -> Permission:
    """What a role needs to publish metrics in this namespace, and in no other."""
    return Permission(
        actions=["cloudwatch:PutMetricData"],
        resources=["*"],
        conditions={"StringEquals": {"cloudwatch:namespace": namespace}},
        reason="PutMetricData has no resource; the condition restricts it to the namespace",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomMetricsMonitoring(Monitoring):
    """An alarm for each metric of a namespace that has one in the settings; a row of charts.

    These alarms have thresholds of their own, and stay when the stack's are switched off.
    """

    area: ClassVar[Area] = "application"
    namespace: str
    """The namespace, as the application spells it."""
    metrics: CustomMetrics

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return self.own_alarms

    @property
    def own_alarms(self) -> Mapping[str, AlarmArgs]:
        """The alarms of the settings."""
        return {
            logical_name(name): AlarmArgs(
                metric=_metric(self.namespace, name, metric),
                comparison=metric.alarm.comparison,
                threshold=metric.alarm.threshold,
                minutes=metric.alarm.minutes,
                periods=metric.alarm.periods,
                treat_missing=_MISSING[metric.alarm.missing],
                description=_description(self.namespace, name, metric, metric.alarm),
            )
            for name, metric in self.metrics.metrics.items()
            if metric.alarm is not None
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """The namespace's row; metrics that name one chart share it."""
        charts: dict[str, list[str]] = {}
        for name, metric in self.metrics.metrics.items():
            charts.setdefault(metric.chart or name, []).append(name)
        return DashboardRow(
            title=self.namespace,
            charts=[_chart(self.namespace, self.metrics, title, names) for title, names in charts.items()],
        )


def _chart(namespace: str, metrics: CustomMetrics, title: str, names: Sequence[str]) -> Chart:
    charted = {name: metrics.metrics[name] for name in names}
    thresholds = {metric.alarm.threshold for metric in charted.values() if metric.alarm is not None}
    return Chart(
        title=title,
        metrics=[_metric(namespace, name, metric) for name, metric in charted.items()],
        # A chart has room for one line.
        threshold=min(thresholds) if len(thresholds) == 1 else None,
    )


def _metric(namespace: str, name: str, metric: CustomMetric) -> Metric:
    return Metric(
        namespace=namespace,
        name=name,
        dimensions=metric.dimensions,
        statistic=metric.statistic,
        period_s=60 * (metric.alarm.minutes if metric.alarm else 5),
        label=f"{name} ({metric.statistic})",
    )


def _description(namespace: str, name: str, metric: CustomMetric, alarm: MetricAlarm) -> str:
    times = f", {alarm.periods} times in a row" if alarm.periods > 1 else ""
    advice = alarm.advice or "If a deployment has just ended, roll it back; otherwise look at the application's logs."
    return (
        f"{name} in {namespace}: the {metric.statistic} over {alarm.minutes} minutes was {alarm.comparison} "
        f"{alarm.threshold:g}{times}. {advice}"
    )
