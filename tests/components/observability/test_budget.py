"""The budget: what it counts, and when it tells."""

from __future__ import annotations

from typing import Any

from components.observability.budget import Budget, BudgetArgs
from settings.observability.notifications import Budget as BudgetSettings
from tests.recording import children, one, record

BUDGET = "aws:budgets/budget:Budget"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def inputs(**settings: Any) -> dict[str, Any]:
    args = BudgetArgs(
        settings=BudgetSettings(monthly_usd=100, **settings),
        budget_name="prod-monthly",
        stack_tag="prod",
        topic_arn=TOPIC,
    )
    plan = record(lambda: Budget("budget", args))
    for phase in plan.phases.values():
        assert children(phase) == [(BUDGET, "budget")]
    return one(plan.phases["deployed"], BUDGET).inputs


def test_as_set() -> None:
    made = inputs()
    assert (made["name"], made["budgetType"], made["timeUnit"]) == ("prod-monthly", "COST", "MONTHLY")
    assert (made["limitAmount"], made["limitUnit"]) == ("100", "USD")


def test_the_topic_is_told_three_times() -> None:
    told = inputs()["notifications"]
    assert [(one["notificationType"], one["threshold"]) for one in told] == [
        ("ACTUAL", 80),
        ("ACTUAL", 100),
        ("FORECASTED", 100),
    ]
    assert all(one["subscriberSnsTopicArns"] == [TOPIC] for one in told)
    assert {(one["thresholdType"], one["comparisonOperator"]) for one in told} == {("PERCENTAGE", "GREATER_THAN")}


def test_credits_hide_no_cost() -> None:
    assert inputs()["costTypes"] == {"includeCredit": False, "includeRefund": False}


def test_the_whole_account_unless_the_stack_is_asked_for() -> None:
    assert "costFilters" not in inputs()
    assert inputs(counts="stack")["costFilters"] == [{"name": "TagKeyValue", "values": ["user:Stack$prod"]}]
