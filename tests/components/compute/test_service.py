"""Services: placement, capacity, the owner of each property, and the dependencies of the first task."""

from __future__ import annotations

from typing import Any

import pytest

from preview.plan import Plan
from preview.transition import of_records, transition
from tests.components.compute.service_plans import DEFINITION, SERVICE, dependency_names, service_plan
from tests.recording import children, one

GROUP = "aws:ec2/securityGroup:SecurityGroup"
SCALED: dict[str, Any] = {"replicas": {"min": 2, "max": 4, "cpu_percent": 60}}


@pytest.fixture(scope="module")
def plain() -> Plan:
    return service_plan()


@pytest.fixture(scope="module")
def pending() -> Plan:
    return service_plan(image="pending", **SCALED)


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert [child for child in children(phase) if child[1].startswith("api") and "route" not in child[1]] == [
            ("aws:cloudwatch/logGroup:LogGroup", "api-task-logs"),
            (GROUP, "api-group"),
            (SERVICE, "api"),
            (DEFINITION, "api-task"),
            ("aws:iam/role:Role", "api-task-execution"),
            ("aws:iam/role:Role", "api-task-task"),
            ("aws:iam/rolePolicy:RolePolicy", "api-task-execution-policy"),
            ("aws:iam/rolePolicy:RolePolicy", "api-task-task-policy"),
        ]


def test_private_and_without_address(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    group = one(phase, GROUP)
    assert one(phase, SERVICE).inputs["networkConfiguration"] == {
        "subnets": ["subnet-a", "subnet-b"],
        "securityGroups": [group.id],
        "assignPublicIp": False,
    }
    assert one(plain.phases["preview"], SERVICE).inputs["networkConfiguration"]["assignPublicIp"] is False


def test_the_group_has_no_rules_of_its_own(plain: Plan) -> None:
    """Inline and standalone rules of one group would remove each other on every `up` (pulumi-eks#1031)."""
    for phase in plain.phases.values():
        assert not {"ingress", "egress", "name"} & one(phase, GROUP).inputs.keys()
        assert one(phase, GROUP).inputs["revokeRulesOnDelete"] is True
        assert not [record for record in phase.records if "securityGroup" in record.type and "Rule" in record.type]


@pytest.mark.parametrize(("spot", "weights"), [(False, (1, 0)), (True, (0, 1))])
def test_capacity_providers_from_day_one(spot: bool, weights: tuple[int, int]) -> None:
    """A service that was created by launch type is replaced when it gets a strategy (TFP#22408)."""
    for phase in service_plan(spot=spot).phases.values():
        inputs = one(phase, SERVICE).inputs
        assert inputs["capacityProviderStrategies"] == [
            {"capacityProvider": "FARGATE", "weight": weights[0]},
            {"capacityProvider": "FARGATE_SPOT", "weight": weights[1]},
        ]
        assert inputs["forceNewDeployment"] is True
        assert "launchType" not in inputs
        assert "platformVersion" not in inputs


@pytest.mark.parametrize(("percent", "weights"), [(80, (1, 4)), (50, (1, 1)), (99, (1, 99))])
def test_a_base_runs_on_demand_next_to_spot(percent: int, weights: tuple[int, int]) -> None:
    replicas = {"min": 3, "max": 6, "cpu_percent": 60}
    for phase in service_plan(spot={"base": 2, "percent": percent}, replicas=replicas).phases.values():
        # Only one provider may have a base, and ECS places nothing on a provider of weight 0.
        assert one(phase, SERVICE).inputs["capacityProviderStrategies"] == [
            {"capacityProvider": "FARGATE", "base": 2, "weight": weights[0]},
            {"capacityProvider": "FARGATE_SPOT", "weight": weights[1]},
        ]


def test_a_failed_deployment_rolls_back(plain: Plan) -> None:
    for phase in plain.phases.values():
        inputs = one(phase, SERVICE).inputs
        assert inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
        assert (inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]) == (100, 200)
        assert inputs["waitForSteadyState"] is True
        assert not {"deploymentController", "sigintRollback"} & inputs.keys()


def test_a_service_without_alarms_says_so(plain: Plan) -> None:
    """ECS would keep those of a route that is taken away, which are deleted then."""
    for phase in plain.phases.values():
        assert one(phase, SERVICE).inputs["alarms"] == {"alarmNames": [], "enable": False, "rollback": False}


@pytest.mark.parametrize("strategy", ["rolling", "blue-green", "linear", "canary"])
def test_an_interrupt_is_left_to_whoever_interrupts(strategy: str) -> None:
    """Pulumi's cancel never reaches the provider's `sigint_rollback`; set, it would promise what does not happen."""
    for phase in service_plan(deploy={"strategy": strategy}).phases.values():
        assert "sigintRollback" not in one(phase, SERVICE).inputs


def test_alarms_roll_back_too() -> None:
    inputs = one(service_plan(rollback_alarms=["api-rollback"]).phases["preview"], SERVICE).inputs
    assert inputs["alarms"] == {"alarmNames": ["api-rollback"], "enable": True, "rollback": True}


def test_alarms_that_roll_nothing_back_are_switched_off_by_name() -> None:
    """Left out, ECS would keep them (aws/copilot-cli#4565), and the provider suppresses the removal of the block."""
    plan = service_plan(rollback_alarms=["api-rollback"], rollback_on_alarms=False)
    for phase in plan.phases.values():
        assert one(phase, SERVICE).inputs["alarms"] == {
            "alarmNames": ["api-rollback"],
            "enable": False,
            "rollback": False,
        }


def test_tags_reach_the_tasks(plain: Plan) -> None:
    inputs = one(plain.phases["preview"], SERVICE).inputs
    assert (inputs["propagateTags"], inputs["enableEcsManagedTags"]) == ("SERVICE", True)


@pytest.mark.parametrize("on", [True, False])
def test_exec_is_a_setting(on: bool) -> None:
    assert one(service_plan(exec=on).phases["preview"], SERVICE).inputs["enableExecuteCommand"] is on


def test_the_service_has_no_fixed_name(plain: Plan) -> None:
    assert "name" not in one(plain.phases["preview"], SERVICE).inputs


@pytest.mark.parametrize(
    ("settings", "ignored"),
    [
        ({}, ()),
        (SCALED, ("desiredCount",)),
        ({"deploy": {"owner": "delivery"}}, ("desiredCount", "taskDefinition")),
        ({"deploy": {"strategy": "blue-green"}}, ("loadBalancers",)),
        ({"deploy": {"strategy": "linear"}, **SCALED}, ("desiredCount", "loadBalancers")),
        (
            {"deploy": {"strategy": "canary", "owner": "delivery"}, **SCALED},
            ("desiredCount", "loadBalancers", "taskDefinition"),
        ),
    ],
)
def test_each_property_has_one_owner(settings: dict[str, Any], ignored: tuple[str, ...]) -> None:
    """`up` ignores what autoscaling, a pipeline or ECS sets, and owns the rest."""
    for phase in service_plan(**settings).phases.values():
        assert tuple(sorted(one(phase, SERVICE).ignore_changes)) == ignored


@pytest.mark.parametrize(("owner", "waits"), [("pulumi", True), ("delivery", False)])
def test_up_waits_where_it_deploys(owner: str, waits: bool) -> None:
    assert one(service_plan(deploy={"owner": owner}).phases["preview"], SERVICE).inputs["waitForSteadyState"] is waits


def test_a_pending_image_runs_nothing(pending: Plan) -> None:
    for phase in pending.phases.values():
        inputs = one(phase, SERVICE).inputs
        assert inputs["desiredCount"] == 0
        assert inputs["waitForSteadyState"] is False
        assert not [record for record in phase.records if "appautoscaling" in record.type]


def test_a_pipelines_service_has_autoscaling_only_once_the_settings_have_an_image() -> None:
    """Its number of tasks is not Pulumi's to change, so the same service stays at zero until autoscaling is created."""
    before, after = (
        of_records(service_plan(deploy={"owner": "delivery"}, **image, **SCALED).phases["deployed"].records)
        for image in ({"image": "pending"}, {})
    )
    found = transition(before, after)
    (service,) = [outcome for outcome in found.outcomes.values() if outcome.type == SERVICE]
    assert service.action in ("same", "updated")
    assert {"desiredCount", "taskDefinition"}.isdisjoint(service.changed)
    assert {outcome.type for outcome in found.of("created")} == {
        "aws:appautoscaling/policy:Policy",
        "aws:appautoscaling/target:Target",
    }


def test_the_number_of_tasks_begins_within_its_bounds() -> None:
    phase = service_plan(**SCALED).phases["deployed"]
    target = one(phase, "aws:appautoscaling/target:Target").inputs
    assert one(phase, SERVICE).inputs["desiredCount"] == target["minCapacity"] == 2
    assert target["maxCapacity"] == 4


def test_a_fixed_number_has_no_scaling(plain: Plan) -> None:
    assert not [r for r in plain.phases["preview"].records if "appautoscaling" in r.type or "Autoscaling" in r.type]


def test_the_first_task_waits_for_all_it_needs(plain: Plan) -> None:
    """The listener rule (ECS refuses an unattached target group), the roles' policies, capacity providers."""
    for phase in plain.phases.values():
        service = one(phase, SERVICE)
        assert {
            "api-route-rule",
            "api-task-execution-policy",
            "api-task-task-policy",
            "cluster-capacity",
        } <= dependency_names(phase, service.dependencies)


def test_a_routed_service_is_in_its_target_group(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    service = one(phase, SERVICE)
    assert service.inputs["loadBalancers"] == [
        {
            "containerName": "api",
            "containerPort": 8080,
            "targetGroupArn": one(phase, "aws:lb/targetGroup:TargetGroup").outputs["arn"],
        }
    ]
    assert service.inputs["healthCheckGracePeriodSeconds"] == 60


def test_a_slow_start_is_not_a_failed_one() -> None:
    """Too short a grace period makes deployments roll back again and again (TFP#19519)."""
    inputs = one(service_plan(start_period_s=600).phases["preview"], SERVICE).inputs
    assert inputs["healthCheckGracePeriodSeconds"] == 600


def test_a_service_without_route_has_no_load_balancer() -> None:
    for phase in service_plan(routed=False).phases.values():
        assert not {"loadBalancers", "healthCheckGracePeriodSeconds"} & one(phase, SERVICE).inputs.keys()


def test_public_attributes(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    service, cluster = one(phase, SERVICE), one(phase, "aws:ecs/cluster:Cluster")
    outputs = phase.outputs
    assert outputs["name"] == service.outputs["name"]
    assert (outputs["group"], outputs["port"]) == (one(phase, GROUP).id, 8080)
    assert outputs["log_group"] == "/test/service/api"
    assert outputs["task"] == one(phase, DEFINITION).outputs["arn"] == service.inputs["taskDefinition"]
    dimensions = {"ClusterName": cluster.outputs["name"], "ServiceName": service.outputs["name"]}
    assert outputs["metrics"] == [
        ["AWS/ECS", "CPUUtilization", dimensions],
        ["AWS/ECS", "MemoryUtilization", dimensions],
    ]
