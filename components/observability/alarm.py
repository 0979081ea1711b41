"""CloudWatch alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.observability.expression import RESULT, Expression
from components.values import Metric

__all__ = ["Alarm", "AlarmArgs"]

Comparison = Literal[">", ">=", "<", "<="]
_OPERATORS: Mapping[Comparison, str] = {
    ">": "GreaterThanThreshold",
    ">=": "GreaterThanOrEqualToThreshold",
    "<": "LessThanThreshold",
    "<=": "LessThanOrEqualToThreshold",
}
# The limits of PutMetricAlarm.
_MOST_ACTIONS = 5
_LONGEST_DESCRIPTION = 1024
_MINUTES_A_DAY = 24 * 60
_DAYS_OF_HOURS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmArgs:
    """Arguments of `Alarm`."""

    metric: Metric | Expression
    """What is watched."""
    comparison: Comparison
    """How the metric compares to `threshold` when the alarm fires."""
    threshold: float
    """In the metric's own unit."""
    minutes: int
    """Length in minutes of one period, over which the metric's statistic is taken."""
    periods: int = 1
    """Periods that are evaluated."""
    datapoints: int | None = None
    """Of these, so many must breach; by default all."""
    treat_missing: Literal["missing", "notBreaching", "breaching", "ignore"] = "missing"
    """What a period without data counts as."""
    description: str
    """What happened and what to do, for somebody who has just been paged."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified when the alarm fires, and when it is over."""
    notifies_when_over: bool = True
    """False for an action that changes something, such as a scaling policy, which must not do so again then."""

    def __post_init__(self) -> None:
        faults = [
            fault
            for wrong, fault in (
                (not self.description.strip(), "has no description; say what to do about it"),
                (
                    len(self.description) > _LONGEST_DESCRIPTION,
                    f"is described in over {_LONGEST_DESCRIPTION} characters",
                ),
                (len(self.actions) > _MOST_ACTIONS, f"has more than {_MOST_ACTIONS} actions"),
                (self.minutes < 1 or self.periods < 1, "needs at least one minute and one period"),
                (
                    self.minutes * self.periods > _MINUTES_A_DAY * (1 if self.minutes < 60 else _DAYS_OF_HOURS),
                    f"covers more than one day, or {_DAYS_OF_HOURS} days in periods of an hour or longer",
                ),
                (not 1 <= (self.datapoints or self.periods) <= self.periods, "needs 1 to `periods` datapoints"),
            )
            if wrong
        ]
        if faults:
            raise ValueError(f"an alarm {' and '.join(faults)}")


class Alarm(Component):
    """A CloudWatch alarm, about 0.10 USD a month for each metric.

    Creates: the alarm. Guarantees: it notifies when it fires and, unless `notifies_when_over` is off, when it is
    over; its description says what to do.
    """

    def __init__(self, name: str, args: AlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        seconds = args.minutes * 60
        watched = (
            _of_expression(args.metric, seconds)
            if isinstance(args.metric, Expression)
            else _of_metric(args.metric, seconds)
        )
        alarm = aws.cloudwatch.MetricAlarm(
            self.child_name(),
            **watched,
            comparison_operator=_OPERATORS[args.comparison],
            threshold=args.threshold,
            evaluation_periods=args.periods,
            datapoints_to_alarm=args.datapoints or args.periods,
            treat_missing_data=args.treat_missing,
            alarm_description=args.description,
            alarm_actions=list(args.actions),
            ok_actions=list(args.actions) if args.notifies_when_over else None,
            opts=self.child_opts(),
        )
        self.arn = alarm.arn
        self.name = alarm.name
        self.done(arn=self.arn)


class _Watched(TypedDict, total=False):
    """The arguments of a metric alarm that say what it watches."""

    namespace: str
    metric_name: str
    dimensions: dict[str, pulumi.Input[str]]
    statistic: str
    extended_statistic: str
    period: int
    metric_queries: list[aws.cloudwatch.MetricAlarmMetricQueryArgs]


def _of_metric(metric: Metric, seconds: int) -> _Watched:
    watched: _Watched = {
        "namespace": metric.namespace,
        "metric_name": metric.name,
        "dimensions": dict(sorted(metric.dimensions.items())),
        "period": seconds,
    }
    watched["extended_statistic" if metric.statistic.startswith("p") else "statistic"] = metric.statistic
    return watched


def _of_expression(expression: Expression, seconds: int) -> _Watched:
    result = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id=RESULT, expression=expression.text, label=expression.label, return_data=True
    )
    metrics = [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=id_,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace=metric.namespace,
                metric_name=metric.name,
                dimensions=dict(sorted(metric.dimensions.items())),
                stat=metric.statistic,
                period=seconds,
            ),
        )
        for id_, metric in expression.metrics.items()
    ]
    return {"metric_queries": [result, *metrics]}
