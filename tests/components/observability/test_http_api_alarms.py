"""The alarm of an HTTP API: on the API's own errors, too."""

from __future__ import annotations

import pulumi
from components.observability.http_api_alarms import HttpApiAlarms, HttpApiAlarmsArgs

from components.edge.http_api_monitoring import http_api_metrics
from settings.observability import Alarms
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def test_goes_off_on_a_number_of_answers_and_says_what_to_do() -> None:
    args = HttpApiAlarmsArgs(
        errors=http_api_metrics("a1b2c3").errors, thresholds=Alarms(http_api_5xx=7), actions=[TOPIC]
    )
    plan = record(lambda: pulumi.export("names", list(HttpApiAlarms("api-alarms", args).names)))
    for phase in plan.phases.values():
        assert children(phase) == [(ALARM, "api-alarms-5xx")]
    alarm = one(plan.phases["deployed"], ALARM)
    inputs = alarm.inputs
    # HTTP APIs write 5xx, and REST APIs 5XXError.
    assert (inputs["namespace"], inputs["metricName"], inputs["statistic"]) == ("AWS/ApiGateway", "5xx", "Sum")
    assert inputs["dimensions"] == {"ApiId": "a1b2c3"}
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanOrEqualToThreshold", 7)
    assert (inputs["period"], inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (300, 1, 1)
    assert inputs["treatMissingData"] == "notBreaching", "no requests are no errors"
    assert inputs["alarmActions"] == inputs["okActions"] == [TOPIC]
    assert 80 < len(inputs["alarmDescription"]) <= 1024
    assert plan.phases["deployed"].outputs["names"] == [alarm.outputs["name"]]
