"""Workers: scaled by the backlog per task, from zero tasks where the settings allow it."""

from __future__ import annotations

from typing import Any

import pytest

from components.compute.backlog import Backlog
from components.data.queue_monitoring import queue_metrics
from components.values import Metric
from preview.plan import Phase, Plan
from tests.components.compute.service_plans import DEFINITION, SERVICE, service_plan
from tests.recording import children, one

TARGET = "aws:appautoscaling/target:Target"
POLICY = "aws:appautoscaling/policy:Policy"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
RUNNING = Metric(namespace="ECS/ContainerInsights", name="RunningTaskCount", dimensions={"ServiceName": "api"})


def worker(consumes: tuple[str, ...] = ("jobs",), **replicas: Any) -> Plan:
    return service_plan(
        routed=False,
        port=None,
        consumes=consumes,
        replicas={"min": 1, "max": 10, "backlog_per_task": 100, **replicas},
    )


def backlog(*names: str) -> Backlog:
    return Backlog(queues=[queue_metrics(name, f"{name}-main", f"{name}-dead") for name in names], running=RUNNING)


def scaling(phase: Phase) -> list[tuple[str, str]]:
    return [child for child in children(phase) if child[1].startswith("api-scaling")]


def test_children() -> None:
    for phase in worker().phases.values():
        assert scaling(phase) == [(POLICY, "api-scaling-backlog"), (TARGET, "api-scaling")]


def test_a_worker_listens_on_nothing() -> None:
    phase = worker().phases["deployed"]
    assert "portMappings" not in one(phase, DEFINITION).inputs["containerDefinitions"]
    assert phase.outputs.get("port") is None
    assert "loadBalancers" not in one(phase, SERVICE).inputs


def test_tracks_messages_for_each_task() -> None:
    phase = worker().phases["deployed"]
    tracking = one(phase, POLICY, "api-scaling-backlog").inputs["targetTrackingScalingPolicyConfiguration"]
    assert (tracking["targetValue"], tracking["scaleOutCooldown"], tracking["scaleInCooldown"]) == (100, 60, 300)
    *metrics, result = tracking["customizedMetricSpecification"]["metrics"]
    assert result["returnData"] is True
    assert not any(metric["returnData"] for metric in metrics)
    actual = {
        metric["id"]: (
            metric["metricStat"]["metric"]["namespace"],
            metric["metricStat"]["metric"]["metricName"],
            metric["metricStat"]["stat"],
            {d["name"]: d["value"] for d in metric["metricStat"]["metric"]["dimensions"]},
        )
        for metric in metrics
    }
    cluster = one(phase, "aws:ecs/cluster:Cluster").outputs["name"]
    service = {"ClusterName": cluster, "ServiceName": one(phase, SERVICE).outputs["name"]}
    queue = {"QueueName": "jobs-main"}
    assert actual == {
        "tasks": ("ECS/ContainerInsights", "RunningTaskCount", "Average", service),
        "waiting0": ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", queue),
        "working0": ("AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "Maximum", queue),
    }


def test_divides_by_neither_zero_tasks_nor_a_gap() -> None:
    """A gap is filled with the last value: a zero would hide the backlog."""
    messages = "SUM([FILL(waiting0, REPEAT), FILL(working0, REPEAT)])"
    tasks = "FILL(tasks, REPEAT)"
    assert backlog("jobs").per_task().text == f"IF({tasks} > 0, {messages} / {tasks}, {messages})"


def test_the_messages_of_several_queues_are_added_up() -> None:
    both = backlog("jobs", "letters")
    dimensions = {id_: metric.dimensions.get("QueueName") for id_, metric in both.per_task().metrics.items()}
    assert dimensions == {
        "tasks": None,
        "waiting0": "jobs-main",
        "working0": "jobs-main",
        "waiting1": "letters-main",
        "working1": "letters-main",
    }
    assert both.per_task().text.count("FILL(working1, REPEAT)") == 2
    assert both.waiting_without_task().text == "IF(FILL(tasks, 0) < 1, SUM([waiting0, waiting1]), 0)"


def test_four_queues_are_the_most_that_an_alarm_takes() -> None:
    backlog("a", "b", "c", "d").per_task()
    with pytest.raises(ValueError, match="an alarm takes 1 to 10"):
        backlog("a", "b", "c", "d", "e").per_task()


def test_at_zero_tasks_the_first_message_starts_one() -> None:
    """Target tracking alone would wait until the backlog is above its target."""
    phase = worker(min=0).phases["deployed"]
    assert scaling(phase) == [
        (POLICY, "api-scaling-backlog"),
        (POLICY, "api-scaling-wake"),
        (TARGET, "api-scaling"),
        (ALARM, "api-scaling-wake-alarm"),
    ]
    assert one(phase, TARGET).inputs["minCapacity"] == one(phase, SERVICE).inputs["desiredCount"] == 0
    policy = one(phase, POLICY, "api-scaling-wake")
    assert policy.inputs["policyType"] == "StepScaling"
    assert policy.inputs["resourceId"] == one(phase, POLICY, "api-scaling-backlog").inputs["resourceId"]
    assert policy.inputs["stepScalingPolicyConfiguration"] == {
        "adjustmentType": "ChangeInCapacity",
        "cooldown": 300,
        "metricAggregationType": "Maximum",
        "stepAdjustments": [{"scalingAdjustment": 1, "metricIntervalLowerBound": "0"}],
    }
    alarm = one(phase, ALARM).inputs
    assert alarm["alarmActions"] == [policy.outputs["arn"]]
    # An OK action would start a task each time that the last message is received.
    assert "okActions" not in alarm
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanOrEqualToThreshold", 1)
    assert (alarm["evaluationPeriods"], alarm["datapointsToAlarm"]) == (3, 3)
    assert alarm["treatMissingData"] == "notBreaching"
    queries = {query["id"]: query for query in alarm["metricQueries"]}
    assert queries["result"]["expression"] == "IF(FILL(tasks, 0) < 1, SUM([waiting0]), 0)"
    assert {query["metric"]["period"] for id_, query in queries.items() if id_ != "result"} == {60}


NIGHT = {"cron": "0 20 ? * MON-FRI *", "min": 0, "max": 0}


@pytest.mark.parametrize(("minimum", "scales_from_zero"), [(0, True), (1, False)])
def test_a_schedule_may_stop_all_tasks(minimum: int, scales_from_zero: bool) -> None:
    """A message at night starts no task of a service that is switched off then."""
    day = {"cron": "0 6 ? * MON-FRI *", "min": minimum, "max": 5}
    phase = worker(schedule=[NIGHT, day]).phases["preview"]
    assert bool(phase.of_type(ALARM)) is scales_from_zero


def test_without_a_target_nothing_is_scaled() -> None:
    phase = service_plan(routed=False, consumes=("jobs",)).phases["preview"]
    assert scaling(phase) == []
