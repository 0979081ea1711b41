"""Broken stack files: each is a sound one with one thing changed, and what the message must say."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["BROKEN", "CANARY", "DELETED", "SOUND", "Broken", "broken_config"]

SOUND: dict[str, Any] = {
    "aws:region": "us-east-1",
    "pulumi:autonaming": {"providers": {"aws": {"pattern": "${stack}-${name}-${hex(7)}"}}},
    "agent-platform:environment": "dev",
    "agent-platform:networking": {"cidr": "10.20.0.0/16", "zones": ["us-east-1a", "us-east-1b"]},
    "agent-platform:data": {"postgres": {"main": {"version": "16"}}},
    "agent-platform:compute": {
        "services": {
            "api": {
                "image": "public.ecr.aws/docker/library/nginx:1.29",
                "architecture": "arm64",
                "port": 80,
                "cpu": 512,
                "memory": 1024,
                "route": {"paths": ["/*"], "health": "/"},
                "writable": ["/tmp"],
                "connects_to": ["main"],
                "secrets": {"OPENAI_API_KEY": "openai-api-key"},
            }
        }
    },
    "agent-platform:edge": {},
    "agent-platform:observability": {},
    "agent-platform:outputs": {"url": "service.api.url"},
}

CANARY = "canary-3f9c2d71-do-not-show"
_API = "compute.services.api"
_OTHER = {"image": "example/other:1", "architecture": "arm64", "port": 81}


class Broken(NamedTuple):
    """A change of the sound file, and what its one message must name: the key, the reason, the fix."""

    name: str
    at: str
    value: Any
    key: str
    reason: str
    fix: str


DELETED = object()

BROKEN = [
    Broken(
        "typo in an area",
        "netwroking",
        {},
        "netwroking",
        "unknown key, and networking is set, too",
        "remove it, or move what it says there",
    ),
    Broken("typo in a key", f"{_API}.memroy", 512, f"{_API}.memroy", "unknown key", "did you mean memory?"),
    Broken("wrong type", f"{_API}.port", "eighty", f"{_API}.port", "is not a whole number", "whole number"),
    Broken("number for text", "data.postgres.main.version", 16, "data.postgres.main.version", "is not text", "quotes"),
    Broken(
        "a list for a mapping",
        "networking",
        ["a"],
        "networking",
        "is a list and not a mapping",
        "write `key: value` lines below it (cidr, zones, existing, nat,",
    ),
    Broken("text for a mapping", "compute", "api", "compute", "is not a mapping", "write `key: value`"),
    Broken(
        "missing key", f"{_API}.architecture", DELETED, f"{_API}.architecture", "is missing", "add it (CPU architecture"
    ),
    Broken("missing area", "networking", DELETED, "networking", "is missing", "add it (the network)"),
    Broken("no CIDR", "networking.cidr", "10.20.0.0/99", "networking.cidr", "is not an IPv4 network", "10.20.0.0/16"),
    Broken("host bits", "networking.cidr", "10.20.1.0/16", "networking.cidr", "has host bits", "write 10.20.0.0/16"),
    Broken("too small", "networking.cidr", "10.20.0.0/24", "networking.cidr", "between /16 and /22", "10.20.0.0/16"),
    Broken(
        "overlapping CIDRs",
        "networking.subnets",
        {
            "public": ["10.20.0.0/24", "10.20.0.0/25"],
            "private": ["10.20.2.0/24", "10.20.3.0/24"],
            "isolated": ["10.20.4.0/24", "10.20.5.0/24"],
        },
        "networking.subnets.public[1]",
        "overlaps subnets.public[0]",
        "must not share addresses",
    ),
    Broken("one zone", "networking.zones", ["us-east-1a"], "networking.zones", "need two", "add a second"),
    Broken(
        "zone of another region",
        "networking.zones",
        ["us-west-2a", "us-west-2b"],
        "networking.zones[0]",
        "is not in aws:region us-east-1",
        "name its zones",
    ),
    Broken(
        "no zone", "networking.zones", ["a", "b"], "networking.zones[0]", "is not an availability zone", "us-east-1a"
    ),
    Broken(
        "no such zone",
        "networking.zones",
        ["us-east-1a", "us-east-1g"],
        "networking.zones[1]",
        "us-east-1g is not a zone: those of us-east-1 end with a, b, c, d, e or f",
        "choose one of them",
    ),
    Broken(
        "no such zone in a smaller region",
        "",
        {"aws:region": "eu-west-1", "networking.zones": ["eu-west-1a", "eu-west-1e"]},
        "networking.zones[1]",
        "those of eu-west-1 end with a, b, c or d",
        "choose one of them",
    ),
    Broken(
        "a pair that Fargate refuses",
        f"{_API}.memory",
        512,
        f"{_API}.memory",
        "does not go with cpu 512",
        "nearest is 1024",
    ),
    Broken("no such CPU", f"{_API}.cpu", 300, f"{_API}.cpu", "is not one of 256, 512", "1024"),
    Broken(
        "two services on one path",
        "compute.services.other",
        {**_OTHER, "route": {"paths": ["/*"], "health": "/"}},
        "compute.services.other.route.paths",
        "is routed to api already",
        "choose another path",
    ),
    Broken(
        "one priority twice",
        "compute.services",
        {
            "api": {**_OTHER, "route": {"paths": ["/a"], "health": "/", "priority": 7}},
            "other": {**_OTHER, "route": {"paths": ["/b"], "health": "/", "priority": 7}},
        },
        "compute.services.other.route.priority",
        "is taken by api",
        "each has its own",
    ),
    Broken(
        "two priorities without a number between them",
        "compute.services",
        {
            "api": {**_OTHER, "route": {"paths": ["/a"], "health": "/", "priority": 7}},
            "other": {**_OTHER, "route": {"paths": ["/b"], "health": "/", "priority": 6}},
        },
        "compute.services.other.route.priority",
        "is 6, next to the 7 of api",
        "leave a number between them",
    ),
    Broken(
        "connects to nothing",
        f"{_API}.connects_to",
        ["mian"],
        f"{_API}.connects_to[0]",
        "is not in this stack",
        "did you mean main?",
    ),
    Broken(
        "secret in the clear",
        f"{_API}.environment",
        {"OPENAI_API_KEY2": CANARY, "SOME_TOKEN": CANARY},
        f"{_API}.environment.SOME_TOKEN",
        "looks like a secret in plain text",
        "write it under secrets",
    ),
    Broken(
        "password in a URL",
        f"{_API}.environment",
        {"BROKER": f"amqp://user:{CANARY}@host/"},
        f"{_API}.environment.BROKER",
        "looks like a secret in plain text",
        "write it under secrets",
    ),
    Broken(
        "value for the name of a secret",
        f"{_API}.secrets",
        {"OPENAI_API_KEY": f"sk-{CANARY} with spaces"},
        f"{_API}.secrets.OPENAI_API_KEY",
        "is not the name of a secret",
        "set the value in AWS",
    ),
    Broken(
        "prod without Multi-AZ",
        "environment",
        "prod",
        "data.postgres.main.multi_az",
        "is false, and without a standby, a zone's failure is an outage",
        "write true in prod",
    ),
    Broken(
        "prod without HTTPS",
        "environment",
        "prod",
        "edge.load_balancer.certificate",
        "prod requires HTTPS",
        "write {arn: …}",
    ),
    Broken(
        "no such environment",
        "environment",
        "test",
        "environment",
        "'test' is neither dev nor prod",
        "write prod if it needs what production needs (two zones, Multi-AZ,",
    ),
    Broken(
        "timeout above what the entry can do",
        "",
        {"edge.http_api": {}, f"{_API}.request_timeout_s": 120},
        f"{_API}.request_timeout_s",
        "120 s is more than an HTTP API waits (30 s)",
        "write at most 30, or remove edge.http_api",
    ),
    Broken(
        "a route of the API that nobody answers",
        "",
        {"edge.http_api": {"routes": {"/jobs/*": {}}}, f"{_API}.route.paths": ["/api/*"]},
        "edge.http_api.routes./jobs/*",
        "no service answers this path (there are /api/*)",
        "add it to a service's route.paths",
    ),
    Broken(
        "a route of the API for everything",
        "edge.http_api",
        {"routes": {"/*": {"throttle": {"rate": 5}}}},
        "edge.http_api.routes./*",
        "as a name, is not a path of a route",
        "write one such as /jobs, /jobs/* or POST /jobs, without a slash at",
    ),
    Broken(
        "a route of the API in a load balancer's words",
        "edge.http_api",
        {"routes": {"/jobs*": {}}},
        "edge.http_api.routes./jobs*",
        "as a name, is not a path of a route",
        "write one such as /jobs, /jobs/* or POST /jobs, without a slash at",
    ),
    Broken(
        "a route of the API with a slash at its end",
        "edge.http_api",
        {"routes": {"/jobs/": {}}},
        "edge.http_api.routes./jobs/",
        "as a name, is not a path of a route",
        "write one such as /jobs, /jobs/* or POST /jobs, without a slash at",
    ),
    Broken(
        "a limit of no request",
        "edge.http_api",
        {"routes": {"/jobs": {"throttle": {"rate": 0}}}},
        "edge.http_api.routes./jobs.throttle.rate",
        "0 is too small",
        "write 1 or more",
    ),
    Broken(
        "more routes than an API has",
        "edge.http_api",
        {"routes": {f"/jobs/{number}": {} for number in range(300)}},
        "edge.http_api.routes",
        "makes 301 routes with the services' paths, and an API has 300",
        "remove some",
    ),
    Broken(
        "a public load balancer behind the API",
        "edge",
        {"http_api": {}, "load_balancer": {"scheme": "internet-facing"}},
        "edge.load_balancer.scheme",
        "is internal behind an HTTP API",
        "remove it",
    ),
    Broken(
        "certificate without zone",
        "edge.load_balancer",
        {"certificate": {"domain": "api.example.com"}},
        "edge.load_balancer.certificate",
        "needs `arn`, or `domain` with `zone`",
        "add what is missing",
    ),
    Broken("no image", f"{_API}.image", DELETED, f"{_API}.image", "names no image", "image: pending"),
    Broken("no tag", f"{_API}.image", "nginx", f"{_API}.image", "has no tag", "name a tag or a digest"),
    Broken("latest", f"{_API}.image", "nginx:latest", f"{_API}.image", "latest changes", "name a version"),
    Broken(
        "a database file for each task",
        "",
        {f"{_API}.environment": {"DB_PATH": "/tmp/a.db"}, f"{_API}.replicas": {"min": 1, "max": 3, "cpu_percent": 60}},
        f"{_API}.environment.DB_PATH",
        "each task would have its own data",
        "local_state: accepted",
    ),
    Broken(
        "scaling without a target",
        f"{_API}.replicas",
        {"min": 1, "max": 3},
        f"{_API}.replicas",
        "nothing scales",
        "set cpu_percent",
    ),
    Broken(
        "scaling from nothing",
        f"{_API}.replicas",
        {"min": 0, "max": 3, "cpu_percent": 60},
        f"{_API}.replicas.min",
        "has no load that would start one",
        "write at least 1",
    ),
    Broken(
        "max below min",
        f"{_API}.replicas",
        {"min": 3, "max": 1},
        f"{_API}.replicas.max",
        "is 1, less than min 3",
        "write at least 3",
    ),
    Broken(
        "shifting without a route",
        "",
        {f"{_API}.route": DELETED, f"{_API}.deploy": {"strategy": "blue-green"}, "outputs": {}},
        f"{_API}.deploy.strategy",
        "the service has no route",
        "use rolling",
    ),
    Broken(
        "asyncpg with sslmode",
        f"{_API}.connects_to",
        [{"to": "main", "env": {"A": {"driver": "postgresql+asyncpg", "query": {"sslmode": "require"}}}}],
        f"{_API}.connects_to[0].env.A.query.sslmode",
        "asyncpg has no sslmode",
        "use ssl",
    ),
    Broken(
        "no way out",
        "networking.nat",
        "none",
        "networking.egress",
        "the service api has no internet access",
        "write aws-only if it needs none",
    ),
    Broken(
        "a direct load balancer beside a shifted one",
        "",
        {"edge.http_api": {"direct": True}, f"{_API}.deploy": {"strategy": "canary"}},
        "edge.http_api.direct",
        "puts api behind two load balancers",
        "set deploy.strategy: rolling",
    ),
    Broken(
        "one name for two places",
        "edge",
        {
            "http_api": {"domain": {"name": "api.example.com", "zone": "Z123456789"}},
            "load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z123456789"}},
        },
        "edge.load_balancer.certificate.domain",
        "is the HTTP API's name, too",
        "write a name such as origin.example.com",
    ),
    Broken("no such output", "outputs", {"x": "servce.api.url"}, "outputs.x", "not in this stack", "service.api.url"),
    Broken(
        "retention that CloudWatch refuses",
        "observability.log_retention_days",
        31,
        "observability.log_retention_days",
        "31 is none of the 22 that AWS takes",
        "write 30 or 60",
    ),
    Broken(
        "a key that a terminal would obey",
        "tags",
        {"a\x1b[2J\nb": "x"},
        "tags.a\\x1b[2J\\nb",
        "is not a tag key",
        "use letters",
    ),
    Broken(
        "a budget without its sum",
        "observability.budget",
        {},
        "observability.budget.monthly_usd",
        "is missing",
        "add it (what a month may cost, in USD, before credits and refunds)",
    ),
    Broken(
        "a workspace without a channel",
        "observability.slack",
        {"workspace_id": "T0EXAMPLE1"},
        "observability.slack.channel_id",
        "is missing",
        "is at the end of the channel's details, or of a link to it)",
    ),
    Broken("bad region", "aws:region", "virginia", "aws:region", "is not a region", "write one like us-east-1"),
    Broken(
        "no such region",
        "aws:region",
        "eu-west-9",
        "aws:region",
        "'eu-west-9' is not a region",
        "did you mean eu-west-",
    ),
    Broken(
        "a zone for a region", "aws:region", "us-east-1a", "aws:region", "is not a region", "did you mean us-east-1?"
    ),
    Broken(
        "no such region for backups",
        "data.backup",
        {"copy_to": {"region": "eu-cental-1"}},
        "data.backup.copy_to.region",
        "'eu-cental-1' is not a region",
        "did you mean eu-central-1?",
    ),
    *(
        Broken(
            f"no endpoint called {name}",
            "networking.endpoints",
            ["sqs", name],
            "networking.endpoints[1]",
            f"{name} is not a service with an endpoint",
            f"write {meant}",
        )
        for name, meant in (
            ("secretmanager", "secretsmanager"),
            ("api.ecr", "ecr.api"),
            ("cloudwatch-logs", "logs"),
            ("efs", "elasticfilesystem"),
            ("bedrock-runtme", "bedrock-runtime"),
        )
    ),
    Broken(
        "a region of China",
        "aws:region",
        "cn-north-1",
        "aws:region",
        "is in the partition aws-cn, which is not supported",
        "choose a region of aws, such as us-east-1",
    ),
    Broken("a region of GovCloud", "aws:region", "us-gov-west-1", "aws:region", "partition aws-us-gov", "us-east-1"),
    Broken(
        "bad account",
        "aws:allowedAccountIds",
        ["12"],
        "aws:allowedAccountIds[0]",
        "is not an AWS account",
        "write its 12 digits",
    ),
    Broken(
        "memory all writable",
        f"{_API}.writable_mb",
        1000,
        f"{_API}.writable_mb",
        "writable paths take 1000 MiB, more than half of the task's 1024 MiB",
        "write at most 512, or raise memory",
    ),
    Broken(
        "storage that cannot grow",
        "data.postgres.main.max_storage_gb",
        20,
        "data.postgres.main.max_storage_gb",
        "is 20, and RDS requires 10 % more than storage_gb (20)",
        "write at least 23, or remove it",
    ),
    Broken(
        "a secret that is not set",
        "data.secrets",
        {"openai-api-key": {"from_config": "keys:openai"}},
        "data.secrets.openai-api-key.from_config",
        "keys:openai is not set",
        "pulumi config set --secret keys:openai",
    ),
    Broken(
        "a bad service name",
        "compute.services.API_1",
        _OTHER,
        "compute.services.API_1",
        "must be lower-case letters",
        "at most 18 characters",
    ),
]


def broken_config(broken: Broken) -> dict[str, Any]:
    """The sound configuration with the change of `broken`."""
    config = _copy(SOUND)
    for at, value in (broken.value if not broken.at else {broken.at: broken.value}).items():
        _put(config, at, value)
    return config


def _put(config: dict[str, Any], at: str, value: Any) -> None:
    if at.startswith("aws:"):
        path = [at]
    else:
        area, *path = at.split(".")
        path = [f"agent-platform:{area}", *path]
    for part in path[:-1]:
        config = config.setdefault(part, {})
    if value is DELETED:
        config.pop(path[-1], None)
    else:
        config[path[-1]] = value


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return list(value) if isinstance(value, list) else value
