"""A monthly budget."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from settings.observability.notifications import Budget as BudgetSettings

__all__ = ["Budget", "BudgetArgs"]

_TOLD = (("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetArgs:
    """Arguments of `Budget`."""

    settings: BudgetSettings
    """The budget."""
    budget_name: str
    """Its name, which people read; unique in the account."""
    stack_tag: str
    """What the tag Stack says on the stack's resources."""
    topic_arn: pulumi.Input[str]
    """The topic that is told."""


class Budget(Component):
    """A monthly budget of costs; free of charge.

    Creates: the budget. Guarantees: the topic is told at 80 % and at 100 % of what was spent, and when the forecast
    exceeds it; credits and refunds hide no cost.
    """

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        of_stack = aws.budgets.BudgetCostFilterArgs(name="TagKeyValue", values=[f"user:Stack${args.stack_tag}"])
        aws.budgets.Budget(
            self.child_name(),
            name=args.budget_name,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(args.settings.monthly_usd),
            limit_unit="USD",
            cost_filters=[of_stack] if args.settings.counts == "stack" else None,
            cost_types=aws.budgets.BudgetCostTypesArgs(include_credit=False, include_refund=False),
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[args.topic_arn],
                )
                for kind, percent in _TOLD
            ],
            opts=self.child_opts(),
        )
        self.done()
