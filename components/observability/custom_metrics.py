"""Metrics that applications publish: who may, which alarms watch them, and their row on the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi

from components.base import Component
from components.naming import logical_name
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.values import Metric, Permission
from settings.observability.custom_metrics import CustomMetric, CustomMetrics, MetricAlarm

__all__ = ["CustomMetricAlarms", "CustomMetricAlarmsArgs", "may_publish", "row"]

_MISSING: dict[str, Literal["notBreaching", "breaching", "ignore"]] = {
    "good": "notBreaching",
    "bad": "breaching",
    "ignore": "ignore",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomMetricAlarmsArgs:
    """Arguments of `CustomMetricAlarms`."""

    namespace: str
    """The namespace, as the application spells it."""
    metrics: CustomMetrics
    """Its metrics."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""


class CustomMetricAlarms(Component):
    """The alarms of one namespace.

    Creates: an alarm for each metric that has one in the settings.
    """

    def __init__(self, name: str, args: CustomMetricAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        for metric_name, metric in args.metrics.metrics.items():
            if metric.alarm is None:
                continue
            Alarm(
                self.child_name(logical_name(metric_name)),
                AlarmArgs(
                    metric=_metric(args.namespace, metric_name, metric),
                    comparison=metric.alarm.comparison,
                    threshold=metric.alarm.threshold,
                    minutes=metric.alarm.minutes,
                    periods=metric.alarm.periods,
                    treat_missing=_MISSING[metric.alarm.missing],
                    description=_description(args.namespace, metric_name, metric, metric.alarm),
                    actions=args.actions,
                ),
                self.child_opts(),
            )
        self.done()


def may_publish(namespace: str) -> Permission:
    """What a role needs to publish metrics in this namespace, and in no other."""
    return Permission(
        actions=["cloudwatch:PutMetricData"],
        resources=["*"],
        conditions={"StringEquals": {"cloudwatch:namespace": namespace}},
        reason="PutMetricData knows no resource; the condition holds it to the namespace",
    )


def row(namespace: str, metrics: CustomMetrics) -> DashboardRow:
    """The namespace's row on the dashboard; metrics that name one chart share it."""
    charts: dict[str, list[str]] = {}
    for name, metric in metrics.metrics.items():
        charts.setdefault(metric.chart or name, []).append(name)
    return DashboardRow(title=namespace, charts=[_chart(namespace, metrics, *one) for one in charts.items()])


def _chart(namespace: str, metrics: CustomMetrics, title: str, names: Sequence[str]) -> Chart:
    found = {name: metrics.metrics[name] for name in names}
    limits = {metric.alarm.threshold for metric in found.values() if metric.alarm is not None}
    return Chart(
        title=title,
        metrics=[_metric(namespace, name, metric) for name, metric in found.items()],
        # A chart has room for one line.
        threshold=min(limits) if len(limits) == 1 else None,
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
