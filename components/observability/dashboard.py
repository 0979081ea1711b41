"""CloudWatch dashboards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.json_text import json_text
from components.observability.expression import RESULT, Expression
from components.values import Metric, Search

__all__ = ["Chart", "Dashboard", "DashboardArgs", "DashboardRow"]

_COLUMNS = 24
_CHARTS_ABREAST = 4
_HEADER_HEIGHT = 1
_CHART_HEIGHT = 6
_MOST_METRICS = 500
_MOST_METRICS_IN_ALL = 2500
_MOST_WIDGETS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Metrics over time in one diagram."""

    title: str
    metrics: Sequence[Metric | Expression | Search]
    """Metrics, and at most one expression or search, whose ids would clash with another's."""
    threshold: float | None = None
    """Where the alarm fires, drawn as a line."""
    marks: Mapping[str, float] = field(default_factory=dict)
    """Further lines by their label, such as what autoscaling aims at."""
    unit: str = ""
    """What the left axis counts."""
    days: int = 0
    """The days that it shows, for metrics that are published once a day; 0 for the range of the dashboard."""

    def __post_init__(self) -> None:
        if not 1 <= self.size <= _MOST_METRICS:
            raise ValueError(f"the chart {self.title!r} has {self.size} metrics; it takes 1 to {_MOST_METRICS}")
        if sum(isinstance(metric, Expression | Search) for metric in self.metrics) > 1:
            raise ValueError(f"the chart {self.title!r} has two expressions; draw them in two charts")

    @property
    def size(self) -> int:
        """Metrics as CloudWatch counts them: those of an expression, too."""
        return sum(len(metric.metrics) if isinstance(metric, Expression) else 1 for metric in self.metrics)


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardRow:
    """Charts side by side below a title."""

    title: str
    charts: Sequence[Chart]


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardArgs:
    """Arguments of `Dashboard`."""

    dashboard_name: str
    """Its name in AWS, which people look for."""
    region: str
    """Where the metrics are."""
    rows: Sequence[DashboardRow]
    """What it shows, from top to bottom; a row without charts is left out."""


class Dashboard(Component):
    """A CloudWatch dashboard: three in an account are free (of up to 50 metrics), each further costs 3 USD a month.

    Creates: the dashboard. Guarantees: the same rows always give the same text, so that a second `up` changes nothing.
    """

    def __init__(self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        widgets = list(_widgets(args))
        if len(widgets) > _MOST_WIDGETS:
            raise ValueError(
                f"the dashboard {name} has {len(widgets)} widgets; CloudWatch takes at most {_MOST_WIDGETS}"
            )
        metrics = sum(chart.size for row in args.rows for chart in row.charts)
        if metrics > _MOST_METRICS_IN_ALL:
            raise ValueError(
                f"the dashboard {name} has {metrics} metrics; CloudWatch takes at most {_MOST_METRICS_IN_ALL}"
            )
        super().__init__("observability", name, opts)
        dashboard = aws.cloudwatch.Dashboard(
            self.child_name(),
            dashboard_name=args.dashboard_name,
            dashboard_body=json_text({"periodOverride": "inherit", "widgets": widgets}),
            opts=self.child_opts(),
        )
        self.name = dashboard.dashboard_name
        self.done(name=self.name)


def _widgets(args: DashboardArgs) -> Iterator[dict[str, Any]]:
    y = 0
    rows = [row for row in args.rows if row.charts]
    if not rows:
        empty = {"markdown": "Nothing runs here yet.", "background": "transparent"}
        yield {"type": "text", "x": 0, "y": y, "width": _COLUMNS, "height": _HEADER_HEIGHT, "properties": empty}
    for row in rows:
        header = {"markdown": f"## {row.title}", "background": "transparent"}
        yield {"type": "text", "x": 0, "y": y, "width": _COLUMNS, "height": _HEADER_HEIGHT, "properties": header}
        y += _HEADER_HEIGHT
        abreast = min(len(row.charts), _CHARTS_ABREAST)
        width = _COLUMNS // abreast
        for i, chart in enumerate(row.charts):
            line, column = divmod(i, abreast)
            yield {
                "type": "metric",
                "x": column * width,
                "y": y + line * _CHART_HEIGHT,
                "width": width,
                "height": _CHART_HEIGHT,
                "properties": _properties(chart, args.region),
            }
        y += -(-len(row.charts) // abreast) * _CHART_HEIGHT


def _properties(chart: Chart, region: str) -> dict[str, Any]:
    axis = {"min": 0, **({"label": chart.unit, "showUnits": False} if chart.unit else {})}
    properties: dict[str, Any] = {
        "title": chart.title,
        "view": "timeSeries",
        "stacked": False,
        "region": region,
        "metrics": [line for metric in chart.metrics for line in _lines(metric)],
        "yAxis": {"left": axis},
    }
    marks = {**({} if chart.threshold is None else {"alarm": chart.threshold}), **chart.marks}
    if marks:
        properties["annotations"] = {"horizontal": [{"label": label, "value": at} for label, at in marks.items()]}
    if chart.days:
        properties |= {"start": f"-P{chart.days}D", "end": "P0D"}
    return properties


def _lines(metric: Metric | Expression | Search) -> Iterator[list[Any]]:
    if isinstance(metric, Metric):
        yield _line(metric)
        return
    if isinstance(metric, Search):
        yield [{"expression": _search_expression(metric), "label": metric.label, "id": RESULT}]
        return
    yield [{"expression": metric.text, "label": metric.label, "id": RESULT}]
    for id_, part in metric.metrics.items():
        yield _line(part, id=id_, visible=False)


def _search_expression(search: Search) -> pulumi.Output[str]:
    """The search in CloudWatch's syntax."""
    schema = ",".join((search.namespace, *search.dimensions))
    given = [part for name, value in sorted(search.where.items()) for part in (f' {name}="', value, '"')]
    begin, end = f'SEARCH(\'{{{schema}}} MetricName="{search.name}"', f"', '{search.statistic}', {search.period_s})"
    return pulumi.Output.concat(begin, *given, end)


def _line(metric: Metric, **overrides: Any) -> list[Any]:
    dimensions = [part for dimension in sorted(metric.dimensions.items()) for part in dimension]
    options: dict[str, Any] = {
        "label": metric.label or metric.name,
        "period": metric.period_s,
        "stat": metric.statistic,
        **({"region": metric.region} if metric.region else {}),
        **overrides,
    }
    return [metric.namespace, metric.name, *dimensions, options]
