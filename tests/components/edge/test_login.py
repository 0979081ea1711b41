"""Routes with access control: authentication, allowed networks, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.edge.login import login_action
from components.edge.route import Route, RouteArgs
from preview.plan import Plan, Record
from settings.compute.auth import Auth
from settings.compute.route import Route as RouteSettings
from tests.recording import children, one, record

GROUP = "aws:lb/targetGroup:TargetGroup"
RULE = "aws:lb/listenerRule:ListenerRule"
LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/entry/50dc6c495c0c9188/f2f7dc8efc522ab2"
POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab12"
CANARY = "canary-client-secret"
OIDC = {
    "issuer": "https://id.example.com",
    "authorization_endpoint": "https://id.example.com/authorize",
    "token_endpoint": "https://id.example.com/token",
    "user_info_endpoint": "https://id.example.com/userinfo",
    "client_id": "platform",
    "client_secret_from": "login:client_secret",
}
COGNITO = {"user_pool_arn": POOL, "client_id": "2abc", "domain": "example-login"}


def args(client_secret: Any = None, two_target_groups: bool = False, **settings: Any) -> RouteArgs:
    return RouteArgs(
        service_name="grafana",
        settings=RouteSettings(**{"paths": ("/grafana*",), "health": "/grafana/api/health", **settings}),
        vpc_id="vpc-1",
        listener_arn=LISTENER,
        load_balancer="app/entry/50dc6c495c0c9188",
        priority=700,
        two_target_groups=two_target_groups,
        client_secret=client_secret,
    )


def route(**settings: Any) -> Plan:
    return record(lambda: Route("grafana", args(pulumi.Output.from_input(CANARY), **settings)))


def rule(plan: Plan) -> Record:
    return one(plan.phases["deployed"], RULE)


def test_children_are_the_same_as_without_auth() -> None:
    for phase in route(auth={"oidc": OIDC}).phases.values():
        assert children(phase) == [(RULE, "grafana-rule"), (GROUP, "grafana")]


def test_oidc_authentication_is_the_first_action() -> None:
    plan = route(auth={"oidc": {**OIDC, "scope": "openid email", "session_hours": 8}})
    authenticate, forward = rule(plan).inputs["actions"]
    cookie = authenticate["authenticateOidc"].pop("sessionCookieName")
    assert cookie.startswith("AWSELBAuthSessionCookie-")
    assert authenticate == {
        "type": "authenticate-oidc",
        "order": 1,
        "authenticateOidc": {
            "issuer": "https://id.example.com",
            "authorizationEndpoint": "https://id.example.com/authorize",
            "tokenEndpoint": "https://id.example.com/token",
            "userInfoEndpoint": "https://id.example.com/userinfo",
            "clientId": "platform",
            "clientSecret": CANARY,
            "scope": "openid email",
            "sessionTimeout": 8 * 3600,
            "onUnauthenticatedRequest": "authenticate",
        },
    }
    group = one(plan.phases["deployed"], GROUP)
    assert forward == {"type": "forward", "order": 2, "targetGroupArn": group.outputs["arn"]}


def test_the_clients_secret_is_secret_even_if_its_output_was_not() -> None:
    plan = route(auth={"oidc": OIDC})
    for phase in plan.phases.values():
        assert one(phase, RULE).secret
    assert CANARY not in json.dumps(plan.to_json())


def test_cognito_needs_no_secret() -> None:
    authenticate, forward = rule(record(lambda: Route("grafana", args(auth={"cognito": COGNITO})))).inputs["actions"]
    assert authenticate["type"] == "authenticate-cognito"
    assert {
        key: authenticate["authenticateCognito"][key] for key in ("userPoolArn", "userPoolClientId", "userPoolDomain")
    } == {
        "userPoolArn": POOL,
        "userPoolClientId": "2abc",
        "userPoolDomain": "example-login",
    }
    assert authenticate["authenticateCognito"]["onUnauthenticatedRequest"] == "authenticate"
    assert (authenticate["order"], forward["order"]) == (1, 2)


def test_clients_do_not_overwrite_each_others_sessions() -> None:
    def cookie(client_id: str) -> str:
        plan = record(lambda: Route("grafana", args(auth={"cognito": {**COGNITO, "client_id": client_id}})))
        return rule(plan).inputs["actions"][0]["authenticateCognito"]["sessionCookieName"]

    assert cookie("one") == cookie("one")
    assert cookie("one") != cookie("two")


def test_allowed_networks() -> None:
    plan = route(allow_cidrs=("203.0.113.0/24", "198.51.100.7/32"))
    assert rule(plan).inputs["conditions"] == [
        {"pathPattern": {"values": ["/grafana*"]}},
        {"sourceIp": {"values": ["203.0.113.0/24", "198.51.100.7/32"]}},
    ]
    assert [action["type"] for action in rule(plan).inputs["actions"]] == ["forward"]


def test_login_and_networks_are_both_required() -> None:
    plan = route(auth={"oidc": OIDC}, allow_cidrs=("203.0.113.0/24",))
    assert {"sourceIp": {"values": ["203.0.113.0/24"]}} in rule(plan).inputs["conditions"]
    assert rule(plan).inputs["actions"][0]["type"] == "authenticate-oidc"


def test_a_rule_that_ecs_changes_has_no_login() -> None:
    """Changes of its actions are ignored, so a login that is added later would never be applied."""
    with pytest.raises(
        ValueError, match="auth is not possible on a rule whose actions ECS changes; use one target group"
    ):
        args(two_target_groups=True, auth={"cognito": COGNITO})


def test_oidc_without_the_clients_secret() -> None:
    with pytest.raises(ValueError, match="needs the client's secret"):
        login_action(Auth.model_validate({"oidc": OIDC}))
