"""Routes: target groups, the rule, and who may change its weights."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.edge.origin_secret import SecretHeader
from components.edge.route import Route, RouteArgs
from preview.plan import PhaseName, Plan
from settings.compute.route import Route as RouteSettings
from tests.recording import children, one, record

GROUP = "aws:lb/targetGroup:TargetGroup"
RULE = "aws:lb/listenerRule:ListenerRule"
LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/entry/50dc6c495c0c9188/f2f7dc8efc522ab2"
LONGEST_NAME = "a23456789-123456-8"  # the most that the settings allow for a service


def args(settings: dict[str, Any] | None = None, **others: Any) -> RouteArgs:
    route = RouteSettings(**{"health": "/health", **(settings or {})})
    values: dict[str, Any] = {
        "service_name": "api",
        "vpc_id": "vpc-1",
        "listener_arn": LISTENER,
        "load_balancer": "app/entry/50dc6c495c0c9188",
        "priority": 700,
        **others,
    }
    return RouteArgs(settings=route, **values)


def route(settings: dict[str, Any] | None = None, name: str = "api", **others: Any) -> Plan:
    def program() -> None:
        api = Route(name, args(settings, **others))
        pulumi.export("groups", api.target_group_arns)
        pulumi.export("rule", api.rule_arn)
        pulumi.export("errors", [metric.dimensions for metric in api.metrics.errors])
        pulumi.export("dependencies", [resource.urn for resource in api.dependencies])

    return record(program)


@pytest.fixture(scope="module")
def rolling() -> Plan:
    return route()


@pytest.fixture(scope="module")
def shifting() -> Plan:
    return route(two_target_groups=True)


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(rolling: Plan, shifting: Plan, phase: PhaseName) -> None:
    assert children(rolling.phases[phase]) == [(RULE, "api-rule"), (GROUP, "api")]
    assert children(shifting.phases[phase]) == [
        (RULE, "api-shifted-rule"),
        (GROUP, "api"),
        (GROUP, "api-alt"),
    ]


def test_target_group(rolling: Plan) -> None:
    assert one(rolling.phases["preview"], GROUP).inputs == {
        "vpcId": "vpc-1",
        "targetType": "ip",
        "protocol": "HTTP",
        "protocolVersion": "HTTP1",
        "port": 80,
        "deregistrationDelay": 30,
        "healthCheck": {
            "enabled": True,
            "protocol": "HTTP",
            "port": "traffic-port",
            "path": "/health",
            "matcher": "200",
            "interval": 10,
            "timeout": 5,
            "healthyThreshold": 2,
            "unhealthyThreshold": 3,
        },
    }


def test_target_group_has_no_fixed_name(shifting: Plan) -> None:
    """With a name, a replacement deletes the old group first, and AWS refuses that while a rule uses it."""
    for group in shifting.phases["preview"].of_type(GROUP):
        assert not {"name", "namePrefix"} & set(group.inputs)
        assert group.delete_before_replace is None


def test_health_check_as_set() -> None:
    plan = route({"paths": ["/grafana*"], "health": "/grafana/api/health", "health_codes": "200-299,302"})
    check = one(plan.phases["preview"], GROUP).inputs["healthCheck"]
    assert (check["path"], check["matcher"]) == ("/grafana/api/health", "200-299,302")


def test_deregistration_delay_is_the_longest_request() -> None:
    for group in route(two_target_groups=True, deregistration_delay_s=600).phases["preview"].of_type(GROUP):
        assert group.inputs["deregistrationDelay"] == 600


def test_rule_of_a_rolling_service(rolling: Plan) -> None:
    phase = rolling.phases["deployed"]
    rule, group = one(phase, RULE), one(phase, GROUP)
    assert rule.inputs["listenerArn"] == LISTENER
    assert rule.inputs["conditions"] == [{"pathPattern": {"values": ["/*"]}}]
    assert rule.inputs["actions"] == [{"type": "forward", "targetGroupArn": group.outputs["arn"]}]
    assert rule.ignore_changes == ()


def test_rule_of_two_groups_contains_both_and_ignores_the_weights(shifting: Plan) -> None:
    phase = shifting.phases["deployed"]
    rule = one(phase, RULE)
    blue, green = (one(phase, GROUP, name).outputs["arn"] for name in ("api", "api-alt"))
    assert rule.inputs["actions"] == [
        {
            "type": "forward",
            "forward": {"targetGroups": [{"arn": blue, "weight": 100}, {"arn": green, "weight": 0}]},
        }
    ]
    assert rule.ignore_changes == ("actions",)
    assert phase.outputs["groups"] == [blue, green]
    assert phase.outputs["rule"] == rule.outputs["arn"]
    assert phase.outputs["dependencies"] == [rule.urn]


def test_replaced_rule_frees_its_priority_first(rolling: Plan, shifting: Plan) -> None:
    for plan in (rolling, shifting):
        rule = one(plan.phases["preview"], RULE)
        assert rule.delete_before_replace is True
        assert rule.inputs["priority"] == 700


def test_changed_strategy_keeps_the_group_and_creates_another_rule(rolling: Plan, shifting: Plan) -> None:
    """With `actions` ignored, the old rule would never get the second group, which ECS requires on the listener."""
    groups = [{r.name for r in plan.phases["preview"].of_type(GROUP)} for plan in (rolling, shifting)]
    rules = [{r.name for r in plan.phases["preview"].of_type(RULE)} for plan in (rolling, shifting)]
    assert groups[0] < groups[1]
    assert not rules[0] & rules[1]


def test_hosts_and_paths() -> None:
    plan = route({"paths": ["/a/*", "/b"], "hosts": ["one.example.com", "two.example.com"]})
    assert one(plan.phases["preview"], RULE).inputs["conditions"] == [
        {"pathPattern": {"values": ["/a/*", "/b"]}},
        {"hostHeader": {"values": ["one.example.com", "two.example.com"]}},
    ]


def test_metrics_cover_every_group(rolling: Plan, shifting: Plan) -> None:
    for plan in (rolling, shifting):
        phase = plan.phases["deployed"]
        suffixes = [group.outputs["arnSuffix"] for group in phase.of_type(GROUP)]
        assert phase.outputs["errors"] == [
            {"LoadBalancer": "app/entry/50dc6c495c0c9188", "TargetGroup": suffix} for suffix in suffixes
        ]


def test_names_are_left_to_the_stack_s_pattern(shifting: Plan) -> None:
    groups = shifting.phases["preview"].of_type(GROUP)
    assert len(groups) == 2
    assert not any({"name", "namePrefix"} & set(group.inputs) for group in groups)


@pytest.mark.parametrize(
    ("paths", "prefix"),
    [
        (["/*"], ""),
        (["/grafana*"], "/grafana"),
        (["/api/v1/*", "/other"], "/api/v1"),
        (["/"], ""),
        (["/a?b"], "/a"),
    ],
)
def test_prefix_of_the_services_url(paths: list[str], prefix: str) -> None:
    plan = record(lambda: pulumi.export("prefix", Route("api", args({"paths": paths})).prefix))
    assert plan.phases["preview"].outputs["prefix"] == prefix


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"priority": 0}, "priority is 1 to 50000, not 0"),
        ({"priority": 50001}, "priority is 1 to 50000, not 50001"),
        ({"deregistration_delay_s": 3601}, "0 to 3600 s, not 3601; lower request_timeout_s"),
    ],
)
def test_refuses(others: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        args(**others)


def test_no_request_without_the_secret_header() -> None:
    header = SecretHeader(name="X-Origin-Secret", sent="new", accepted=["old", "new"])
    for two in (False, True):
        rule = one(route(secret_header=header, two_target_groups=two).phases["deployed"], RULE)
        condition = {"httpHeader": {"httpHeaderName": "X-Origin-Secret", "values": ["old", "new"]}}
        assert condition in rule.inputs["conditions"]
