"""The composite alarm: its rule, whom it tells, and what CloudWatch refuses."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.observability.composite_alarm import CompositeAlarm, CompositeAlarmArgs
from tests.recording import children, one, record

COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
PAGER = "arn:aws:sns:us-east-1:123456789012:pager"


def args(**others: Any) -> CompositeAlarmArgs:
    values: dict[str, Any] = {
        "alarm_name": "test-user-errors",
        "symptoms": ["errors-1a2b", "rate-3c4d"],
        "description": "Users get errors. Roll back.",
        "actions": [PAGER],
        **others,
    }
    return CompositeAlarmArgs(**values)


def test_any_symptom_is_enough() -> None:
    def program() -> None:
        CompositeAlarm(
            "user-errors", args(symptoms=[pulumi.Output.from_input(name) for name in ("errors-1a2b", "rate-3c4d")])
        )

    phase = record(program).phases["deployed"]
    assert children(phase) == [(COMPOSITE, "user-errors")]
    inputs = one(phase, COMPOSITE).inputs
    assert inputs["alarmRule"] == 'ALARM("errors-1a2b") OR ALARM("rate-3c4d")'
    assert inputs["alarmName"] == "test-user-errors"
    assert inputs["alarmActions"] == inputs["okActions"] == [PAGER]
    assert "actionsSuppressor" not in inputs


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"symptoms": []}, "watches 1 to 100 alarms, not 0"),
        ({"symptoms": [str(i) for i in range(101)]}, "not 101"),
        ({"actions": [PAGER] * 6}, "more than 5 actions"),
    ],
)
def test_what_cloudwatch_refuses(others: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        args(**others)
