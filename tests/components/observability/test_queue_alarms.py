"""Alarms of queues: messages that grow old, and dead letters."""

from __future__ import annotations

from typing import Any

import pulumi
from components.observability.queue_alarms import QueueAlarms, QueueAlarmsArgs

from components.data.queue_monitoring import queue_metrics
from preview.plan import Plan
from settings.observability import Alarms
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def made(**limits: int) -> Plan:
    metrics = queue_metrics("jobs", "jobs-1", "jobs-dead-1")

    def program() -> None:
        alarms = QueueAlarms(
            "jobs-alarms",
            QueueAlarmsArgs(
                queue="jobs",
                oldest_s=metrics.oldest_s,
                dead_letters=metrics.dead_letters,
                thresholds=Alarms.model_validate(limits),
                actions=[TOPIC],
            ),
        )
        pulumi.export("names", list(alarms.names))

    return record(program)


def alarm(what: str, **limits: int) -> dict[str, Any]:
    return one(made(**limits).phases["deployed"], ALARM, f"jobs-alarms-{what}").inputs


def test_children_tell_somebody_what_to_do() -> None:
    for phase in made().phases.values():
        assert children(phase) == [(ALARM, "jobs-alarms-age"), (ALARM, "jobs-alarms-dead-letters")]
        for found in phase.of_type(ALARM):
            assert found.inputs["alarmActions"] == found.inputs["okActions"] == [TOPIC]
            assert 80 < len(found.inputs["alarmDescription"]) <= 1024
            # AWS measures a queue that has been silent for six hours no longer, and it is empty.
            assert found.inputs["treatMissingData"] == "notBreaching"


def test_age() -> None:
    inputs = alarm("age", queue_age_s=900)
    assert (inputs["metricName"], inputs["statistic"]) == ("ApproximateAgeOfOldestMessage", "Maximum")
    assert inputs["dimensions"] == {"QueueName": "jobs-1"}
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanThreshold", 900)
    assert (inputs["period"], inputs["evaluationPeriods"]) == (60, 5)
    assert alarm("age")["threshold"] == 1800


def test_any_dead_letter() -> None:
    inputs = alarm("dead-letters")
    assert (inputs["metricName"], inputs["statistic"]) == ("ApproximateNumberOfMessagesVisible", "Maximum")
    assert inputs["dimensions"] == {"QueueName": "jobs-dead-1"}
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanOrEqualToThreshold", 1)
    assert inputs["period"] == 300
    assert alarm("dead-letters", queue_dead_letters=20)["threshold"] == 20


def test_outputs() -> None:
    assert len(made().phases["deployed"].outputs["names"]) == 2
