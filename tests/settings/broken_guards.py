"""Broken stack files: logins, firewall, custom metrics, proxy, backups."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import CANARY, DELETED, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_UI = "compute.services.grafana"
_HTTPS = {"load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z123456789"}}}
_COGNITO = {
    "cognito": {
        "user_pool_arn": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab12",
        "client_id": "2abc",
        "domain": "example-login",
    }
}
_OIDC = {
    "oidc": {
        "issuer": "https://id.example.com",
        "authorization_endpoint": "https://id.example.com/authorize",
        "token_endpoint": "https://id.example.com/token",
        "user_info_endpoint": "https://id.example.com/userinfo",
        "client_id": "platform",
        "client_secret_from": "login:client_secret",
    }
}


def _route(**others: Any) -> dict[str, Any]:
    return {"paths": ["/grafana*"], "health": "/grafana/api/health", **others}


def _service(image: str, **route: Any) -> dict[str, Any]:
    return {"image": image, "architecture": "arm64", "port": 3000, "route": _route(**route)}


BROKEN = [
    Broken(
        "public Grafana without login",
        _UI,
        _service("grafana/grafana:12.0.0"),
        f"{_UI}.route",
        "shows an interface for operators (image grafana/grafana:12.0.0) to everybody",
        "add auth or allow_cidrs",
    ),
    Broken(
        "public Prometheus from another registry",
        "compute.services.metrics",
        {**_service("quay.io/prometheus/prometheus:v3"), "route": {"paths": ["/m*"], "health": "/m/-/healthy"}},
        "compute.services.metrics.route",
        "shows an interface for operators (image quay.io/prometheus/prometheus:v3)",
        "use a tunnel, docs/access.md",
    ),
    Broken(
        "public Grafana behind an HTTP API",
        "",
        {_UI: _service("grafana/grafana:12.0.0"), "edge.http_api": {}},
        f"{_UI}.route",
        "to everybody",
        "remove the route",
    ),
    Broken(
        "networks that are everybody",
        f"{_API}.route",
        {"health": "/", "allow_cidrs": ["0.0.0.0/0"]},
        f"{_API}.route.allow_cidrs[0]",
        "0.0.0.0/0 admits nearly everybody",
        "name networks of your own",
    ),
    Broken(
        "more conditions than a rule may have",
        f"{_API}.route",
        {"paths": ["/a", "/b", "/c"], "health": "/", "allow_cidrs": ["10.0.0.0/8", "192.0.2.0/24", "203.0.113.0/24"]},
        f"{_API}.route",
        "has more than five paths, hosts and networks together",
        "remove some",
    ),
    Broken(
        "a login without HTTPS",
        f"{_API}.route",
        {"health": "/", "auth": _COGNITO},
        f"{_API}.route.auth",
        "needs HTTPS",
        "add edge.load_balancer.certificate",
    ),
    Broken(
        "a login behind an HTTP API",
        "",
        {f"{_API}.route": {"health": "/", "auth": _COGNITO}, "edge": {**_HTTPS, "http_api": {}}},
        f"{_API}.route.auth",
        "does not work behind an HTTP API",
        "remove edge.http_api",
    ),
    Broken(
        "networks behind an HTTP API",
        "",
        {f"{_API}.route": {"health": "/", "allow_cidrs": ["203.0.113.0/24"]}, "edge": {**_HTTPS, "http_api": {}}},
        f"{_API}.route.allow_cidrs",
        "does not work behind an HTTP API",
        "use a tunnel, docs/access.md",
    ),
    Broken(
        "a login on a rule that ECS changes",
        "",
        {
            f"{_API}.route": {"health": "/", "auth": _COGNITO},
            f"{_API}.deploy": {"strategy": "blue-green"},
            "edge": _HTTPS,
        },
        f"{_API}.route.auth",
        "a blue-green deployment leaves to ECS",
        "set deploy.strategy: rolling",
    ),
    Broken(
        "a login without a way to the provider",
        "",
        {
            f"{_API}.route": {"health": "/", "auth": _COGNITO},
            f"{_API}.connects_to": [],
            f"{_API}.secrets": {},
            "networking.nat": "none",
            "networking.egress": "aws-only",
            f"{_API}.image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1",
            "edge": {"load_balancer": {**_HTTPS["load_balancer"], "scheme": "internal"}},
        },
        f"{_API}.route.auth",
        "an internal load balancer cannot reach with nat: none",
        "choose another nat",
    ),
    Broken(
        "no way to sign in",
        "",
        {f"{_API}.route": {"health": "/", "auth": {}}, "edge": _HTTPS},
        f"{_API}.route.auth",
        "needs exactly one of oidc and cognito",
        "keep or write one",
    ),
    Broken(
        "a client's secret that is not set",
        "",
        {f"{_API}.route": {"health": "/", "auth": _OIDC}, "edge": _HTTPS},
        f"{_API}.route.auth.oidc.client_secret_from",
        "login:client_secret is not set",
        "pulumi config set --secret login:client_secret",
    ),
    Broken(
        "a client's secret in the clear",
        "",
        {f"{_API}.route": {"health": "/", "auth": {"oidc": {**_OIDC["oidc"], "client_secret_from": CANARY}}}},
        f"{_API}.route.auth.oidc.client_secret_from",
        "is not a Pulumi configuration key",
        "pulumi config set --secret",
    ),
    Broken(
        "a provider without TLS",
        "",
        {f"{_API}.route": {"health": "/", "auth": {"oidc": {**_OIDC["oidc"], "issuer": "http://id.example.com"}}}},
        f"{_API}.route.auth.oidc.issuer",
        "'http://id.example.com' is not a plain https:// address",
        "did you mean https://id.example.com?",
    ),
    Broken(
        "a firewall behind an HTTP API",
        "edge",
        {"web_acl": {}, "http_api": {}},
        "edge.web_acl",
        "sees only the API's own addresses behind an HTTP API, which itself",
        "remove it",
    ),
    Broken(
        "a firewall before nothing",
        "",
        {f"{_API}.route": DELETED, "edge.web_acl": {}, "outputs": {}},
        "edge.web_acl",
        "has nothing to protect",
        "give a service a route",
    ),
    Broken(
        "a rule of a group that does not look",
        "edge.web_acl",
        {"observe": {"sql": ["SQLi_BODY"]}},
        "edge.web_acl.observe.sql",
        "is not in use",
        "set sql: true",
    ),
    Broken(
        "a namespace that nobody declared",
        "",
        {
            f"{_API}.publishes": "Dyno/Production",
            "observability.custom_metrics": {"DynoAgent/Production": {"metrics": {"Requests": {}}}},
        },
        f"{_API}.publishes",
        "is not in observability.custom_metrics",
        "did you mean DynoAgent/Production?",
    ),
    Broken(
        "a namespace of AWS",
        "observability.custom_metrics",
        {"AWS/ECS": {}},
        "observability.custom_metrics.AWS/ECS",
        "is not a namespace of your own",
        "write one like MyApp/Production",
    ),
    Broken(
        "two metrics of one name",
        "observability.custom_metrics",
        {"App/Prod": {"metrics": {"SlaBreaches": {}, "SLABreaches": {}}}},
        "observability.custom_metrics.App/Prod.metrics.SlaBreaches",
        "differs from SLABreaches by case or punctuation only",
        "rename one",
    ),
    Broken(
        "two namespaces of one name",
        "observability.custom_metrics",
        {"App/Prod": {}, "app/prod": {}},
        "observability.custom_metrics.app/prod",
        "differs from App/Prod by case or punctuation only",
        "rename one",
    ),
    Broken(
        "an alarm that looks back for days",
        "observability.custom_metrics",
        {"App/Prod": {"metrics": {"Requests": {"alarm": {"threshold": 1, "minutes": 30, "periods": 49}}}}},
        "observability.custom_metrics.App/Prod.metrics.Requests.alarm.periods",
        "is more than a day",
        "the most an alarm looks at; write at most 48, or minutes: 60, for up to 7 days",
    ),
    Broken(
        "an alarm that looks back for more than a week",
        "observability.custom_metrics",
        {"App/Prod": {"metrics": {"Requests": {"alarm": {"threshold": 1, "minutes": 60, "periods": 169}}}}},
        "observability.custom_metrics.App/Prod.metrics.Requests.alarm.periods",
        "is more than 7 days",
        "the most an alarm looks at; write at most 168",
    ),
    Broken(
        "a proxy that cannot sign in",
        "data.postgres.main",
        {"credentials": "generated", "proxy": {}},
        "data.postgres.main.proxy",
        "signs in with the secret that RDS keeps",
        "set credentials: managed, or remove it",
    ),
    Broken(
        "a proxy with tokens to the database",
        "data.postgres.main",
        {"credentials": "iam", "proxy": {}},
        "data.postgres.main.proxy",
        "signs in with the secret",
        "credentials: managed, and proxy.auth: iam",
    ),
    Broken(
        "a proxy that idles above its limit",
        "data.postgres.main.proxy",
        {"max_connections_percent": 40},
        "data.postgres.main.proxy.max_idle_percent",
        "is more than max_connections_percent (40)",
        "write at most 40",
    ),
    Broken(
        "a backup without a plan",
        "data.postgres.main.backup_plan",
        True,
        "data.postgres.main.backup_plan",
        "there is no plan",
        "add data.backup",
    ),
    Broken("a plan without backups", "data.backup", {}, "data.backup", "backs nothing up", "write backup_plan: true"),
    Broken(
        "a plan in RDS's way",
        "data",
        {"postgres": {"main": {"backup_plan": True}}, "backup": {"at": "03:30"}},
        "data.backup.at",
        "overlaps a window of main (03:00-04:00)",
        "begin after it",
    ),
    Broken(
        "cold storage for too short",
        "data",
        {"postgres": {"main": {"backup_plan": True}}, "backup": {"keep_days": 100, "cold_after_days": 30}},
        "data.backup.keep_days",
        "cold storage keeps for 90 days",
        "at least 120",
    ),
    Broken(
        "no time of day",
        "data",
        {"postgres": {"main": {"backup_plan": True}}, "backup": {"at": "24:30"}},
        "data.backup.at",
        "is not a time of day",
        "write 00:00 to 23:59",
    ),
    Broken(
        "an entry for nobody",
        "edge.load_balancer",
        {"allow_cidrs": []},
        "edge.load_balancer.allow_cidrs",
        "is empty",
        "write at least 1 entry",
    ),
    Broken(
        "networks of a load balancer behind an HTTP API",
        "edge",
        {"http_api": {}, "load_balancer": {"allow_cidrs": ["10.0.0.0/8"]}},
        "edge.load_balancer.allow_cidrs",
        "has no effect behind an HTTP API",
        "remove it",
    ),
]
