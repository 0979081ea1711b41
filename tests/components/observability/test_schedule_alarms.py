"""Scheduled tasks whose runs did not begin."""

from __future__ import annotations

from components.observability.schedule_alarms import ScheduleAlarms, ScheduleAlarmsArgs

from components.values import Metric
from preview.plan import Plan
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def alarms() -> Plan:
    dropped = Metric(
        namespace="AWS/Scheduler", name="InvocationDroppedCount", dimensions={"ScheduleGroup": "g"}, statistic="Sum"
    )
    letters = Metric(
        namespace="AWS/SQS",
        name="ApproximateNumberOfMessagesVisible",
        dimensions={"QueueName": "q"},
        statistic="Maximum",
    )
    args = ScheduleAlarmsArgs(dropped=dropped, dead_letters=letters, actions=[TOPIC])
    return record(lambda: ScheduleAlarms("schedule-alarms", args))


def test_one_run_that_did_not_begin_is_enough() -> None:
    for phase in alarms().phases.values():
        assert children(phase) == [(ALARM, "schedule-alarms-dead-letters"), (ALARM, "schedule-alarms-dropped")]
        for found in phase.of_type(ALARM):
            assert found.inputs["threshold"] == 1
            assert found.inputs["comparisonOperator"] == "GreaterThanOrEqualToThreshold"
            # Scheduler publishes nothing where nothing goes wrong.
            assert found.inputs["treatMissingData"] == "notBreaching"
            assert found.inputs["alarmActions"] == found.inputs["okActions"] == [TOPIC]
            assert len(found.inputs["alarmDescription"]) > 80


def test_of_the_group_and_of_its_queue() -> None:
    phase = alarms().phases["deployed"]
    dropped = one(phase, ALARM, "schedule-alarms-dropped").inputs
    assert (dropped["metricName"], dropped["dimensions"]) == ("InvocationDroppedCount", {"ScheduleGroup": "g"})
    letters = one(phase, ALARM, "schedule-alarms-dead-letters").inputs
    assert (letters["statistic"], letters["dimensions"]) == ("Maximum", {"QueueName": "q"})
