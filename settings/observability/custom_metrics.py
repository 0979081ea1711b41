"""Settings of metrics that the applications publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse

__all__ = ["CustomMetric", "CustomMetrics", "MetricAlarm", "MetricName", "alike"]

MetricName = Annotated[
    str,
    matches(
        r"[A-Za-z0-9_.#-]{1,40}",
        "is not a metric name; use up to 40 letters, digits and the characters _ . # -",
        in_schema=True,
    ),
]
_Dimension = Annotated[
    str,
    matches(
        r"[^\x00-\x1f:][^\x00-\x1f]{0,254}",
        "is not a dimension; use 1 to 255 printable characters, without a colon at the beginning",
        in_schema=True,
    ),
]
_HOUR, _DAY = 60, 24 * 60
# With periods of an hour or longer; with shorter ones, an alarm looks at one day.
_DAYS_OF_HOURS = 7


class MetricAlarm(Model):
    """The alarm of a metric; about 0.10 USD a month."""

    comparison: Literal[">", ">=", "<", "<="] = ">="
    """How the metric compares to `threshold` when the alarm fires."""
    threshold: float
    """In the metric's own unit."""
    minutes: Annotated[int, Field(ge=1, le=_DAY)] = 5
    """Length of a period, over which the statistic is taken."""
    periods: Annotated[int, Field(ge=1, le=_DAY)] = 1
    """Periods in a row that must breach."""
    missing: Literal["good", "bad", "ignore"] = "good"
    """How a period without data counts; `bad` where missing data is itself the fault."""
    advice: Annotated[str, Field(max_length=600)] = ""
    """What to do when it fires, for the person on call."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        hourly = self.minutes >= _HOUR
        longest = _DAY * (_DAYS_OF_HOURS if hourly else 1)
        if self.minutes * self.periods > longest:
            most = f"{_DAYS_OF_HOURS} days" if hourly else "a day"
            more = "" if hourly else f", or minutes: {_HOUR}, for up to {_DAYS_OF_HOURS} days"
            reason = f"times {self.minutes} minutes is more than {most}, the most an alarm looks at"
            refuse([Fault("periods", f"{reason}; write at most {longest // self.minutes}{more}")])
        return self


class CustomMetric(Model):
    """One metric, as the application publishes it."""

    statistic: Literal["Average", "Sum", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p95", "p99"] = "Sum"
    """The statistic of its values over a period."""
    dimensions: Annotated[dict[_Dimension, _Dimension], Field(max_length=30)] = {}
    """The dimensions it is published with, all of them: CloudWatch does not aggregate over dimensions."""
    chart: Annotated[str, Field(max_length=60)] = ""
    """Title of its chart; metrics with one title share it. By default each has its own."""
    alarm: MetricAlarm | None = None
    """Its alarm; by default none."""


class CustomMetrics(Model):
    """The metrics of one namespace, about 0.30 USD a month each."""

    metrics: dict[MetricName, CustomMetric] = {}
    """Metrics by name. Others may be published, too; these have alarms and charts."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(alike("metrics", self.metrics))
        return self


def alike(key: str, names: Iterable[str]) -> Iterator[Fault]:
    """Names whose resources would have the same name."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(re.sub(r"[^a-z0-9]+", "-", name.lower()), name)
        if first != name:
            yield Fault(f"{key}.{name}", f"differs from {first} by case or punctuation only; rename one")
