"""All alarms of one component: their names, and whom they notify."""

from __future__ import annotations

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.values import Metric
from preview.plan import Plan
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC, PAGER = "arn:aws:sns:us-east-1:123456789012:alarms", "arn:aws:sns:us-east-1:123456789012:pager"


def alarm(name: str, threshold: float) -> AlarmArgs:
    metric = Metric(namespace="AWS/ECS", name=name, dimensions={"ServiceName": "api"})
    return AlarmArgs(metric=metric, comparison=">", threshold=threshold, minutes=5, description="Raise replicas.max.")


def alarm_set(*actions: str) -> Plan:
    alarms = {"cpu": alarm("CPUUtilization", 71), "memory": alarm("MemoryUtilization", 72)}

    def program() -> None:
        created = AlarmSet("api-alarms", AlarmSetArgs(alarms=alarms, actions=actions))
        pulumi.export("names", list(created.names))

    return record(program)


def test_an_alarm_for_each_named_after_what_it_watches() -> None:
    for phase in alarm_set(TOPIC).phases.values():
        assert children(phase) == [(ALARM, "api-alarms-cpu"), (ALARM, "api-alarms-memory")]
        assert (one(phase, ALARM, "api-alarms-cpu").inputs["metricName"]) == "CPUUtilization"
        assert (one(phase, ALARM, "api-alarms-memory").inputs["threshold"]) == 72


def test_all_notify_the_same_actions() -> None:
    for phase in alarm_set(TOPIC, PAGER).phases.values():
        for child in phase.of_type(ALARM):
            assert child.inputs["alarmActions"] == child.inputs["okActions"] == [TOPIC, PAGER]


def test_none_notifies_anybody_without_actions() -> None:
    for child in alarm_set().phases["deployed"].of_type(ALARM):
        assert child.inputs["alarmActions"] == child.inputs["okActions"] == []


def test_names_are_those_in_aws() -> None:
    phase = alarm_set(TOPIC).phases["deployed"]
    names = [one(phase, ALARM, f"api-alarms-{what}").outputs["name"] for what in ("cpu", "memory")]
    assert phase.outputs["names"] == names
