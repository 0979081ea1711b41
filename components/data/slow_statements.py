"""How long a PostgreSQL database's slow statements take, from its log."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.values import Metric

__all__ = ["PATTERN", "SlowStatements", "SlowStatementsArgs"]

# A line of RDS's log (prefix %t:%r:%u@%d:[%p]:) begins with day, time, and the rest of the prefix up to its level;
# CloudWatch takes the two blanks after LOG: for one. The steps are those of the simple and of the extended protocol,
# and not `plan:` (auto_explain) or nothing (log_duration), which tell a statement's duration again.
_STEPS = ("statement:", "execute", "parse", "bind", "fastpath")
PATTERN = (
    '[day, time, level = "*:LOG:", label = "duration:", duration, unit = "ms", '
    + " || ".join(f'step = "{step}*"' for step in _STEPS)
    + ", ...]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowStatementsArgs:
    """Arguments of `SlowStatements`."""

    database: str
    """The database's name in the settings."""
    log_group_name: pulumi.Input[str]
    """Its exported PostgreSQL log."""
    namespace: str
    """The stack's own namespace."""


class SlowStatements(Component):
    """The duration of each statement that PostgreSQL logs as slow, as a metric; about 0.30 USD a month.

    Creates: a metric filter on the database's log. Guarantees: each statement that is slower than the database's
    `log_min_duration_ms` counts once for each step that is, whatever the number of its lines; without any, the metric
    has no data. Of many databases, each has a metric of its own, since a filter takes dimensions from fields only.
    """

    def __init__(self, name: str, args: SlowStatementsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        metric = f"StatementDuration-{args.database}"
        aws.cloudwatch.LogMetricFilter(
            self.child_name(),
            log_group_name=args.log_group_name,
            pattern=PATTERN,
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                namespace=args.namespace, name=metric, value="$duration", unit="Milliseconds"
            ),
            opts=self.child_opts(),
        )
        self.metric = Metric(
            namespace=args.namespace, name=metric, dimensions={}, label=f"{args.database} statements (ms)"
        )
        self.done()
