"""Autoscaling: bounds, targets, and requests counted before and after a traffic shift."""

from __future__ import annotations

import pytest

from preview.plan import Plan
from tests.components.compute.service_plans import SERVICE, service_plan
from tests.recording import children, one

TARGET = "aws:appautoscaling/target:Target"
POLICY = "aws:appautoscaling/policy:Policy"
ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction"
TRACKING = "targetTrackingScalingPolicyConfiguration"


@pytest.fixture(scope="module")
def blue_green() -> Plan:
    replicas = {"min": 1, "max": 6, "cpu_percent": 60, "memory_percent": 70, "requests_per_target": 500}
    return service_plan(deploy={"strategy": "blue-green"}, replicas=replicas)


def test_children(blue_green: Plan) -> None:
    for phase in blue_green.phases.values():
        assert [child for child in children(phase) if "appautoscaling" in child[0]] == [
            (POLICY, "api-scaling-cpu"),
            (POLICY, "api-scaling-memory"),
            (POLICY, "api-scaling-requests"),
            (TARGET, "api-scaling"),
        ]


@pytest.mark.parametrize("target", ["cpu_percent", "memory_percent", "requests_per_target"])
def test_only_what_the_settings_name(target: str) -> None:
    phase = service_plan(replicas={"min": 1, "max": 2, target: 50}).phases["preview"]
    (policy,) = phase.of_type(POLICY)
    assert policy.name == f"api-scaling-{target.partition('_')[0]}"


def test_requests_without_a_load_balancer_scale_nothing() -> None:
    replicas = {"min": 1, "max": 2, "requests_per_target": 50}
    assert not service_plan(routed=False, replicas=replicas).phases["preview"].of_type(POLICY)


def test_target(blue_green: Plan) -> None:
    phase = blue_green.phases["deployed"]
    cluster = one(phase, "aws:ecs/cluster:Cluster").outputs["name"]
    service = one(phase, SERVICE).outputs["name"]
    assert one(phase, TARGET).inputs == {
        "serviceNamespace": "ecs",
        "scalableDimension": "ecs:service:DesiredCount",
        "resourceId": f"service/{cluster}/{service}",
        "minCapacity": 1,
        "maxCapacity": 6,
    }
    for policy in phase.of_type(POLICY):
        assert policy.inputs["resourceId"] == f"service/{cluster}/{service}"
        assert policy.inputs["policyType"] == "TargetTrackingScaling"


@pytest.mark.parametrize(
    ("name", "value", "metric"),
    [("cpu", 60, "ECSServiceAverageCPUUtilization"), ("memory", 70, "ECSServiceAverageMemoryUtilization")],
)
def test_scales_out_after_a_minute_and_in_after_five(blue_green: Plan, name: str, value: int, metric: str) -> None:
    for phase in blue_green.phases.values():
        assert one(phase, POLICY, f"api-scaling-{name}").inputs[TRACKING] == {
            "targetValue": value,
            "scaleOutCooldown": 60,
            "scaleInCooldown": 300,
            "predefinedMetricSpecification": {"predefinedMetricType": metric},
        }


def test_requests_are_the_sum_over_both_groups(blue_green: Plan) -> None:
    """ALBRequestCountPerTarget names one group, and counts nothing after the shift (containers-roadmap#1681)."""
    phase = blue_green.phases["deployed"]
    tracking = one(phase, POLICY, "api-scaling-requests").inputs[TRACKING]
    assert tracking["targetValue"] == 500
    assert "predefinedMetricSpecification" not in tracking
    *metrics, total = tracking["customizedMetricSpecification"]["metrics"]
    assert total == {"id": "result", "expression": "FILL(m0, 0) + FILL(m1, 0)", "returnData": True}
    assert [metric["id"] for metric in metrics] == ["m0", "m1"]
    assert not any(metric["returnData"] for metric in metrics)
    groups = set()
    for metric in metrics:
        assert metric["metricStat"]["stat"] == "Sum"
        assert metric["metricStat"]["metric"]["namespace"] == "AWS/ApplicationELB"
        assert metric["metricStat"]["metric"]["metricName"] == "RequestCountPerTarget"
        dimensions = {d["name"]: d["value"] for d in metric["metricStat"]["metric"]["dimensions"]}
        assert dimensions["LoadBalancer"] == "app/entry/50dc6c495c0c9188"
        groups.add(dimensions["TargetGroup"])
    assert groups == {record.outputs["arnSuffix"] for record in phase.of_type("aws:lb/targetGroup:TargetGroup")}
    assert len(groups) == 2


def test_a_rolling_service_counts_one_group() -> None:
    phase = service_plan(replicas={"min": 1, "max": 2, "requests_per_target": 50}).phases["preview"]
    *metrics, total = phase.of_type(POLICY)[0].inputs[TRACKING]["customizedMetricSpecification"]["metrics"]
    assert len(metrics) == 1
    assert total["expression"] == "FILL(m0, 0)"


SCHEDULE = [
    {"cron": "0 20  ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 0, "max": 0},
    {"cron": "0 6 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 2, "max": 4},
]


def test_bounds_change_with_the_time_of_day() -> None:
    replicas = {"min": 2, "max": 4, "cpu_percent": 60, "schedule": SCHEDULE}
    phase = service_plan(replicas=replicas).phases["deployed"]
    target = one(phase, TARGET)
    actions = [record.inputs for record in phase.of_type(ACTION)]
    assert [action["schedule"] for action in actions] == ["cron(0 20 ? * MON-FRI *)", "cron(0 6 ? * MON-FRI *)"]
    assert [action["scalableTargetAction"] for action in actions] == [
        {"minCapacity": 0, "maxCapacity": 0},
        {"minCapacity": 2, "maxCapacity": 4},
    ]
    for action in actions:
        assert action["timezone"] == "Europe/Berlin"
        assert all(action[key] == target.inputs[key] for key in ("resourceId", "scalableDimension", "serviceNamespace"))


def test_up_does_not_reset_what_a_schedule_has_set() -> None:
    """A scheduled action changes the target itself, so `up` in the evening would start tasks that were just stopped."""
    for schedule, ignored in ((SCHEDULE, {"minCapacity", "maxCapacity"}), ([], set())):
        replicas = {"min": 2, "max": 4, "cpu_percent": 60, "schedule": schedule}
        for phase in service_plan(replicas=replicas).phases.values():
            assert set(one(phase, TARGET).ignore_changes) == ignored
            assert "desiredCount" in one(phase, SERVICE).ignore_changes


def test_a_fixed_number_can_be_switched_off_at_night() -> None:
    night = [{**SCHEDULE[0]}, {**SCHEDULE[1], "min": 2, "max": 2}]
    for phase in service_plan(replicas={"min": 2, "max": 2, "schedule": night}).phases.values():
        assert not phase.of_type(POLICY)
        assert len(phase.of_type(ACTION)) == 2
        # Autoscaling owns the number of tasks.
        assert "desiredCount" in one(phase, SERVICE).ignore_changes
