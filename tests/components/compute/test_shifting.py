"""Deployments that shift traffic: ECS-native blue/green, linear and canary."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.compute.deployment import timeouts
from preview.plan import Plan
from settings.compute.deploy import Deploy
from tests.components.compute.service_plans import SERVICE, dependency_names, service_plan
from tests.recording import children, one

ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


@pytest.fixture(scope="module")
def blue_green() -> Plan:
    return service_plan(deploy={"strategy": "blue-green", "bake_minutes": 10})


@pytest.mark.parametrize(
    ("deploy", "configuration"),
    [
        # Stated, so that a gRPC service, whose name stays the same, can go back to it.
        ({"strategy": "rolling"}, {"strategy": "ROLLING", "bakeTimeInMinutes": "0"}),
        ({"strategy": "blue-green", "bake_minutes": 10}, {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "10"}),
        (
            {"strategy": "linear", "step_percent": 20, "step_minutes": 3},
            {
                "strategy": "LINEAR",
                "bakeTimeInMinutes": "5",
                "linearConfiguration": {"stepPercent": 20, "stepBakeTimeInMinutes": "3"},
            },
        ),
        (
            {"strategy": "canary", "step_percent": 5, "step_minutes": 30, "bake_minutes": 0},
            {
                "strategy": "CANARY",
                "bakeTimeInMinutes": "0",
                "canaryConfiguration": {"canaryPercent": 5, "canaryBakeTimeInMinutes": "30"},
            },
        ),
    ],
)
@pytest.mark.parametrize("routed", [True, False])
def test_configuration(deploy: dict[str, Any], configuration: dict[str, Any], *, routed: bool) -> None:
    for phase in service_plan(routed=routed, deploy=deploy).phases.values():
        assert one(phase, SERVICE).inputs["deploymentConfiguration"] == configuration


def test_a_rolling_service_has_one_target_group_and_no_role() -> None:
    phase = service_plan().phases["preview"]
    assert [name for type_, name in children(phase) if "TargetGroup" in type_] == ["api-route"]
    assert not [record for record in phase.records if "shift" in record.name]
    assert "advancedConfiguration" not in one(phase, SERVICE).inputs["loadBalancers"][0]


@pytest.mark.parametrize("strategy", ["blue-green", "linear", "canary"])
def test_two_groups_a_listener_rule_and_a_role(strategy: str) -> None:
    """ECS needs a listener rule, not a listener's default action (TFP#43932)."""
    phase = service_plan(deploy={"strategy": strategy}).phases["deployed"]
    (load_balancer,) = one(phase, SERVICE).inputs["loadBalancers"]
    blue, green = (
        one(phase, "aws:lb/targetGroup:TargetGroup", name).outputs["arn"] for name in ("api-route", "api-route-alt")
    )
    assert load_balancer["targetGroupArn"] == blue
    assert load_balancer["advancedConfiguration"] == {
        "alternateTargetGroupArn": green,
        "productionListenerRule": one(phase, "aws:lb/listenerRule:ListenerRule").outputs["arn"],
        "roleArn": one(phase, "aws:iam/role:Role", "api-shift").outputs["arn"],
    }
    assert ":listener-rule/" in load_balancer["advancedConfiguration"]["productionListenerRule"]


def test_the_role_shifts_traffic_and_nothing_else(blue_green: Plan) -> None:
    for phase in blue_green.phases.values():
        role = one(phase, "aws:iam/role:Role", "api-shift").inputs
        (statement,) = json.loads(role["assumeRolePolicy"])["Statement"]
        assert statement["Principal"] == {"Service": ["ecs.amazonaws.com"]}
        # AWS's own trust policy for this role has none, and it is not documented that ECS sends the account.
        assert statement["Condition"] == {"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}}
        assert one(phase, ATTACHMENT).inputs["policyArn"] == (
            "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
        )
        assert not [name for type_, name in children(phase) if name == "api-shift-policy"]


def test_the_service_waits_for_the_role_s_policy(blue_green: Plan) -> None:
    for phase in blue_green.phases.values():
        assert "api-shift-managed-0" in dependency_names(phase, one(phase, SERVICE).dependencies)


def test_zones_are_rebalanced_only_without_traffic_shifting(blue_green: Plan) -> None:
    assert one(blue_green.phases["preview"], SERVICE).inputs["availabilityZoneRebalancing"] == "DISABLED"
    assert one(service_plan().phases["preview"], SERVICE).inputs["availabilityZoneRebalancing"] == "ENABLED"


def test_the_controller_stays_ecs(blue_green: Plan) -> None:
    """With CODE_DEPLOY, every change that is not ignored fails (TFP#6802)."""
    assert "deploymentController" not in one(blue_green.phases["preview"], SERVICE).inputs


def test_weights_are_left_to_ecs(blue_green: Plan) -> None:
    phase = blue_green.phases["preview"]
    assert one(phase, SERVICE).ignore_changes == ("loadBalancers",)
    assert one(phase, "aws:lb/listenerRule:ListenerRule").ignore_changes == ("actions",)


def test_a_change_that_ecs_would_ignore_makes_a_new_service(blue_green: Plan) -> None:
    # ECS owns `load_balancers`, so a change of it would never reach the service.
    def name(**settings: Any) -> str:
        return one(service_plan(**settings).phases["preview"], SERVICE).name

    shifted = one(blue_green.phases["preview"], SERVICE).name
    assert shifted == "api-shifted-internet-facing-http-8080"
    assert name() == "api"
    assert name(deploy={"strategy": "blue-green"}, port=9090) == "api-shifted-internet-facing-http-9090"


def test_the_first_image_makes_a_new_service() -> None:
    # Autoscaling owns the number of tasks, so the pending service would stay at zero, and `up` would have nothing to
    # wait for.
    def name(**deploy: str) -> str:
        return one(service_plan(image="pending", deploy=deploy).phases["preview"], SERVICE).name

    assert name() == "api-pending"
    assert name(owner="delivery") == "api"
    for strategy in ("blue-green", "linear", "canary"):
        assert name(strategy=strategy) == "api-shifted-internet-facing-http-8080-pending"
        assert name(strategy=strategy, owner="delivery") == "api-shifted-internet-facing-http-8080"


@pytest.mark.parametrize(
    ("deploy", "update"),
    [
        ({}, "45m"),
        ({"strategy": "blue-green", "bake_minutes": 1440}, "1485m"),
        ({"strategy": "linear", "step_percent": 3, "step_minutes": 5, "bake_minutes": 5}, "215m"),
        ({"strategy": "canary", "step_minutes": 30, "bake_minutes": 0}, "75m"),
    ],
)
def test_up_waits_as_long_as_a_deployment_may_take(deploy: dict[str, Any], update: str) -> None:
    limits = timeouts(Deploy(**deploy))
    assert (limits.create, limits.update) == (update, update)
