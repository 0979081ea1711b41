"""Metric math."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.values import Metric

__all__ = ["RESULT", "Expression", "highest", "share", "total"]

# The limit of PutMetricAlarm.
_MOST_METRICS = 10
RESULT = "result"
_ID = re.compile(r"[a-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Metric math over several metrics, which `text` refers to by their ids."""

    text: str
    metrics: Mapping[str, Metric]
    label: str

    def __post_init__(self) -> None:
        wrong = [id_ for id_ in self.metrics if id_ == RESULT or not _ID.fullmatch(id_)]
        if wrong:
            raise ValueError(f"{', '.join(wrong)} is no metric id; begin with a lower-case letter, and not {RESULT}")
        if not 1 <= len(self.metrics) <= _MOST_METRICS:
            raise ValueError(f"{self.label!r} has {len(self.metrics)} metrics; an alarm takes 1 to {_MOST_METRICS}")


def total(label: str, metrics: Sequence[Metric]) -> Expression:
    """The sum of the metrics; one without data counts as zero, so that it does not hide the others."""
    ids = {f"m{i}": metric for i, metric in enumerate(metrics)}
    return Expression(text=_sum(ids), metrics=ids, label=label)


def highest(label: str, metrics: Sequence[Metric]) -> Metric | Expression:
    """The highest of the metrics; a single one as it is."""
    if len(metrics) == 1:
        return metrics[0]
    ids = {f"m{i}": metric for i, metric in enumerate(metrics)}
    return Expression(text=f"MAX([{', '.join(ids)}])", metrics=ids, label=label)


def share(label: str, parts: Sequence[Metric], whole: Metric, *, at_least: int) -> Expression:
    """What percentage of `whole` the sum of `parts` is; zero where both are less than `at_least`.

    Where the parts are more than the whole, they count as the whole: a load balancer without a target counts its
    errors, but no requests, and would otherwise have an error rate of zero in an outage.
    """
    ids = {f"m{i}": metric for i, metric in enumerate(parts)}
    some, all_ = f"({_sum(ids)})", "FILL(whole, 0)"
    most = f"IF({some} > {all_}, {some}, {all_})"
    text = f"IF({most} >= {at_least}, 100 * {some} / {most}, 0)"
    return Expression(text=text, metrics={"whole": whole, **ids}, label=label)


def _sum(ids: Mapping[str, Metric]) -> str:
    return " + ".join(f"FILL({id_}, 0)" for id_ in ids)
