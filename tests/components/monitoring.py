"""What the tests of a kind's monitoring compare: when alarms fire, what they say, and what a row draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import DashboardRow
from components.observability.expression import Expression
from components.values import Metric, Search

__all__ = ["Condition", "assert_described", "condition", "drawn", "thresholds", "watched"]


class Condition(NamedTuple):
    """When an alarm fires, and what a period without data counts as."""

    comparison: str
    threshold: float
    minutes: int
    periods: int = 1
    missing: str = "missing"


def condition(alarm: AlarmArgs) -> Condition:
    """When the alarm fires. All of its periods must breach."""
    assert alarm.datapoints in (None, alarm.periods)
    return Condition(alarm.comparison, alarm.threshold, alarm.minutes, alarm.periods, alarm.treat_missing)


def watched(alarm: AlarmArgs) -> Sequence[tuple[str, str, str]]:
    """Namespace, name and statistic of each metric that the alarm watches."""
    metrics = alarm.metric.metrics.values() if isinstance(alarm.metric, Expression) else [alarm.metric]
    return [(metric.namespace, metric.name, metric.statistic) for metric in metrics]


def assert_described(alarms: Mapping[str, AlarmArgs], *, mentions: Mapping[str, Sequence[str]]) -> None:
    """Each alarm says what happened and what to do, with these words; who is notified is left to the wiring."""
    assert set(mentions) == set(alarms)
    for what, alarm in alarms.items():
        assert 80 < len(alarm.description) <= 1024
        assert [words for words in mentions[what] if words not in alarm.description] == []
        assert not alarm.actions
        assert alarm.notifies_when_over


def drawn(row: DashboardRow) -> Mapping[str, Sequence[str]]:
    """The names of the metrics of each chart, by the chart's title."""
    return {chart.title: [name for metric in chart.metrics for name in _names(metric)] for chart in row.charts}


def thresholds(row: DashboardRow) -> Mapping[str, float]:
    """The line of each chart that has one, by the chart's title."""
    return {chart.title: chart.threshold for chart in row.charts if chart.threshold is not None}


def _names(metric: Metric | Expression | Search) -> Sequence[str]:
    return [part.name for part in metric.metrics.values()] if isinstance(metric, Expression) else [metric.name]
