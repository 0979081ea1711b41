"""A whole stack with logins, firewall, custom metrics, proxy, rotation and backups: how they are joined."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import settings
from preview import stackfile
from preview.network_paths import network_paths
from preview.plan import Plan
from settings.references import references
from tests.recording import plan_of
from tests.stacks import AUTONAMING
from tests.systems.lines import document, of

CANARY = "canary-51c0e7-client-secret"
OIDC = {
    "issuer": "https://id.example.com",
    "authorization_endpoint": "https://id.example.com/authorize",
    "token_endpoint": "https://id.example.com/token",
    "user_info_endpoint": "https://id.example.com/userinfo",
    "client_id": "platform",
    "client_secret_from": "login:client_secret",
}
SIZE = {"architecture": "arm64", "cpu": 512, "memory": 1024}
AREAS: dict[str, Any] = {
    "networking": {"zones": ["us-east-1a", "us-east-1b"]},
    "data": {
        "postgres": {"main": {"proxy": {}, "backup_plan": True}, "other": {"proxy": {"auth": "iam"}}},
        "backup": {},
    },
    "edge": {
        "load_balancer": {"certificate": {"domain": "agent.example.com", "zone": "Z123456789"}},
        "web_acl": {},
    },
    "compute": {
        "services": {
            "app": {
                **SIZE,
                "image": "example/app:1",
                "port": 8000,
                "route": {"health": "/health"},
                "connects_to": ["main"],
                "publishes": "Agent/Production",
            },
            "other-app": {**SIZE, "image": "example/other:1", "port": 8001, "connects_to": ["other"]},
            "grafana": {
                **SIZE,
                "image": "grafana/grafana:12.0.0",
                "port": 3000,
                "route": {"paths": ["/grafana*"], "health": "/grafana/api/health", "auth": {"oidc": OIDC}},
            },
            "prometheus": {
                **SIZE,
                "image": "prom/prometheus:v3.1.0",
                "port": 9090,
                "route": {
                    "paths": ["/prometheus*"],
                    "health": "/prometheus/-/healthy",
                    "allow_cidrs": ["203.0.113.0/24"],
                },
            },
        }
    },
    "observability": {
        "custom_metrics": {"Agent/Production": {"metrics": {"Failures": {"alarm": {"threshold": 5}}, "Requests": {}}}}
    },
}
PATHS = [
    "0.0.0.0/0 -> load-balancer:443",
    "0.0.0.0/0 -> load-balancer:80",
    "app -> 0.0.0.0/0:443",
    "app -> main-proxy:5432",
    "grafana -> 0.0.0.0/0:443",
    "load-balancer -> 0.0.0.0/0:443",
    "load-balancer -> app:8000",
    "load-balancer -> grafana:3000",
    "load-balancer -> prometheus:9090",
    "main-proxy -> main:5432",
    "other-app -> 0.0.0.0/0:443",
    "other-app -> other-proxy:5432",
    "other-proxy -> other:5432",
    "prometheus -> 0.0.0.0/0:443",
]


def values(outputs: dict[str, str]) -> dict[str, str]:
    areas = {f"agent-platform:{name}": json.dumps(area) for name, area in {**AREAS, "outputs": outputs}.items()}
    return {
        "aws:region": "us-east-1",
        **AUTONAMING,
        "login:client_secret": CANARY,
        "agent-platform:environment": "dev",
        "agent-platform:protect": "true",
        **areas,
    }


@cache
def planned() -> Plan:
    allowed = references(settings.parse(values({}), "agent-platform", "dev"))
    outputs = {reference.replace(".", "_").replace("-", "_"): reference for reference in allowed}
    file = stackfile.StackFile(
        stack="guarded", path=Path("x"), values=values(outputs), secret_keys=("login:client_secret",)
    )
    return plan_of(file)


def test_exactly_these_paths() -> None:
    """Services reach a database through its proxy only, and the load balancer reaches the identity provider."""
    for phase in planned().phases.values():
        assert [str(path) for path in network_paths(phase)] == PATHS


def test_outputs() -> None:
    outputs = planned().phases["deployed"].outputs
    proxy = of(planned(), ":Proxy", "main-proxy")
    assert outputs["postgres_main_proxy_endpoint"] == f"{proxy.outputs['endpoint']}:5432"
    assert outputs["postgres_main_endpoint"] != outputs["postgres_main_proxy_endpoint"]
    assert outputs["web_acl_arn"] == of(planned(), ":WebAcl").outputs["arn"]
    assert outputs["backup_vault_name"] == of(planned(), "backup/vault:Vault").outputs["name"]


def test_the_clients_secret_is_not_told() -> None:
    assert CANARY in json.dumps(of(planned(), ":ListenerRule", "grafana-rule").inputs)
    assert CANARY not in json.dumps(planned().to_json())


def test_prometheus_answers_its_networks_only() -> None:
    conditions = of(planned(), ":ListenerRule", "prometheus-rule").inputs["conditions"]
    assert {"sourceIp": {"values": ["203.0.113.0/24"]}} in conditions


def test_the_firewall_stands_before_the_load_balancer() -> None:
    association = of(planned(), ":WebAclAssociation").inputs
    assert association["resourceArn"] == of(planned(), "lb/loadBalancer:LoadBalancer").outputs["arn"]
    assert of(planned(), ":LogGroup", "web-acl-log").inputs["name"] == "aws-waf-logs-guarded"


def test_only_those_who_read_the_password_follow_its_rotation() -> None:
    """With tokens, nobody but the proxy has the password, and the proxy reads it anew by itself."""
    machine = of(planned(), ":StateMachine")
    assert machine.name == "main-rotated"
    branches = document(machine, "definition")["States"]["Services"]["Branches"]
    assert [branch["StartAt"] for branch in branches] == ["Redeploy app"]
    secret = of(planned(), "rds/instance:Instance", "main").outputs["masterUserSecrets"][0]["secretArn"]
    pattern = document(of(planned(), ":EventRule", "main-rotated-rule"), "eventPattern")
    assert pattern["detail"]["additionalEventData"] == {"SecretId": [secret]}
    alarm = of(planned(), ":MetricAlarm", "main-rotated-alarms-failed").inputs
    assert alarm["dimensions"] == {"StateMachineArn": machine.outputs["arn"]}


def test_metrics_in_one_namespace_by_one_service() -> None:
    def may(name: str) -> list[dict[str, Any]]:
        found = [r for r in planned().phases["deployed"].records if r.name == f"{name}-task-task-policy"]
        statements = [s for record in found for s in document(record, "policy")["Statement"]]
        return [s for s in statements if "cloudwatch:PutMetricData" in s["Action"]]

    (statement,) = may("app")
    assert statement["Resource"] == ["*"]
    assert statement["Condition"] == {"StringEquals": {"cloudwatch:namespace": "Agent/Production"}}
    assert not may("grafana")
    widgets = document(of(planned(), ":Dashboard"), "dashboardBody")["widgets"]
    assert widgets[0]["properties"]["markdown"] == "## Agent/Production"
    assert [widget["properties"]["title"] for widget in widgets[1:3]] == ["Failures", "Requests"]
    alarm = of(planned(), ":MetricAlarm", "agent-production-alarms-failures").inputs
    assert alarm["alarmActions"] == [of(planned(), ":Topic").id]


def test_backed_up_is_who_asks() -> None:
    selection = of(planned(), ":Selection").inputs
    assert selection["resources"] == [of(planned(), "rds/instance:Instance", "main").outputs["arn"]]
