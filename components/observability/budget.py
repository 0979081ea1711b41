"""A monthly budget."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from settings.observability.notifications import Budget as BudgetSettings

__all__ = ["Budget", "BudgetArgs"]

_NOTIFICATIONS = (("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetArgs:
    """Arguments of `Budget`."""

    settings: BudgetSettings
    """The budget."""
    budget_name: str
    """Its name, which people read; unique in the account."""
    stack_tag: str
    """The value of the tag Stack on the stack's resources."""
    topic_arn: pulumi.Input[str]
    """The topic that is notified."""


class Budget(Component):
    """A monthly budget of costs; free of charge.

    Creates: the budget. Guarantees: the topic is notified at 80 % and at 100 % of the budget, and when the forecast
    exceeds it; credits and refunds hide no cost.
    """

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        stack_filter = aws.budgets.BudgetCostFilterArgs(name="TagKeyValue", values=[f"user:Stack${args.stack_tag}"])
        aws.budgets.Budget(
            self.child_name(),
            name=args.budget_name,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(args.settings.monthly_usd),
            limit_unit="USD",
            cost_filters=[stack_filter] if args.settings.counts == "stack" else None,
            cost_types=aws.budgets.BudgetCostTypesArgs(include_credit=False, include_refund=False),
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[args.topic_arn],
                )
                for kind, percent in _NOTIFICATIONS
            ],
            opts=self.child_opts(),
        )
        self.done()
