"""The alarm of a distribution: on CloudFront's own errors, too."""

from __future__ import annotations

from components.observability.distribution_alarms import DistributionAlarms, DistributionAlarmsArgs

from components.edge.distribution_monitoring import distribution_metrics
from settings.observability import Alarms
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


def test_goes_off_on_a_share_of_answers_and_says_what_to_do() -> None:
    args = DistributionAlarmsArgs(
        errors=distribution_metrics("E1").errors, thresholds=Alarms(distribution_5xx_percent=7), actions=[TOPIC]
    )
    plan = record(lambda: DistributionAlarms("front-alarms", args))
    for phase in plan.phases.values():
        assert children(phase) == [(ALARM, "front-alarms-5xx")]
    inputs = one(plan.phases["deployed"], ALARM).inputs
    assert (inputs["namespace"], inputs["metricName"], inputs["statistic"]) == (
        "AWS/CloudFront",
        "5xxErrorRate",
        "Average",
    )
    assert inputs["dimensions"] == {"DistributionId": "E1", "Region": "Global"}
    assert (inputs["comparisonOperator"], inputs["threshold"], inputs["period"]) == ("GreaterThanThreshold", 7, 300)
    assert inputs["treatMissingData"] == "notBreaching"
    assert inputs["alarmActions"] == inputs["okActions"] == [TOPIC]
    assert 80 < len(inputs["alarmDescription"]) <= 1024
