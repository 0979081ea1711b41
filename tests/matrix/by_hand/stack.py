"""Values of the settings of the network, of monitoring, and of the stack as a whole."""

from __future__ import annotations

from typing import Any

from tests.matrix.values import Case, Patch, of

__all__ = ["ROWS"]

_ZONES = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"]
_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shared/api:1"
_INSIDE = {"compute": {"services": {"api": {"image": _ECR}}}}
_CLOSED = {"networking": {"nat": "none", "egress": "aws-only"}, **_INSIDE}
_PUSHED = {"compute": {"services": {}}, "edge": {"load_balancer": {}}}


def _ids(kind: str, first: int) -> list[str]:
    return [f"{kind}-{number:017x}" for number in (first, first + 1)]


_EXISTING: dict[str, Any] = {
    "vpc_id": "vpc-00000000000000001",
    "public_subnet_ids": _ids("subnet", 16),
    "private_subnet_ids": _ids("subnet", 32),
    "isolated_subnet_ids": _ids("subnet", 48),
}
_FOREIGN = {"networking": {"existing": _EXISTING, "egress": "internet"}}
_ENDPOINTS = {"services": ["ecr.api", "ecr.dkr"], "security_group_id": "sg-00000000000000001"}
_SHUT = {
    "networking": {"existing": {**_EXISTING, "s3_prefix_list_id": "pl-63a5400a"}, "egress": "aws-only"},
    **_INSIDE,
}
_SHUT_ENDPOINTS = {
    **_SHUT,
    "networking": {**_SHUT["networking"], "existing": {**_SHUT["networking"]["existing"], "endpoints": _ENDPOINTS}},
}


def _subnets(first: int) -> dict[str, list[str]]:
    tiers = ("public", "private", "isolated")
    return {tier: [f"10.20.{first + 2 * i + j}.0/24" for j in range(2)] for i, tier in enumerate(tiers)}


_CHOSEN = {"networking": {"subnets": _subnets(100)}}
_REDIS = {"data": {"redis": {"cache": {}}}}
_SERVERLESS = {"data": {"redis": {"cache": {"serverless": {}}}}}
_PROXY = {"data": {"postgres": {"main": {"proxy": {}}}}}
_USER = {"uid": 1000, "gid": 1000}
_FILES = {"data": {"file_systems": {"shared": {"throughput": 20, "access_points": {"state": _USER}}}}}
_QUEUE = {"data": {"queues": {"jobs": {}}}}
_SLACK = {"workspace_id": "T01234567", "channel_id": "C01234567"}
_ARN = "arn:aws:sns:us-east-1:123456789012:"
_ROLE = "arn:aws:iam::123456789012:role/"
_DEPLOY = {"role_arn": f"{_ROLE}deploy"}
_ASSUMED = {"assume_roles": [_DEPLOY]}
_RATED = {"observability": {"alarms": {"error_rate_percent": 5}}}
_METRICS = "observability.custom_metrics.*.metrics"
_PROD = {
    "data": {"postgres": {"main": {"multi_az": True}}},
    "networking": {"zones": _ZONES[:2]},
}

_NETWORKING: dict[str, Case | tuple[Case, ...]] = {
    "cidr": of("10.30.0.0/16", "10.40.0.0/16"),
    "zones": of(_ZONES[:3], _ZONES, absent=_ZONES[:2]),
    "existing": of(
        Patch(_FOREIGN),
        Patch({"networking": {**_FOREIGN["networking"], "existing": {**_EXISTING, "isolated_subnet_ids": []}}}),
    ),
    "existing.vpc_id": of("vpc-00000000000000002", "vpc-00000000000000003", _FOREIGN, absent=_EXISTING["vpc_id"]),
    **{
        f"existing.{tier}_subnet_ids": of(
            _ids("subnet", 100), _ids("subnet", 200), _FOREIGN, absent=_EXISTING[f"{tier}_subnet_ids"]
        )
        for tier in ("public", "private", "isolated")
    },
    "existing.s3_prefix_list_id": of("pl-63a54000", "pl-63a54001", _SHUT, absent="pl-63a5400a"),
    "existing.dynamodb_prefix_list_id": of("pl-63a54000", "pl-63a54001", _SHUT),
    "existing.endpoints": of(_ENDPOINTS, {**_ENDPOINTS, "services": ["ecr.api"]}, _SHUT),
    "existing.endpoints.services": of(["logs"], ["logs", "ecr.dkr"], _SHUT_ENDPOINTS, absent=["ecr.api", "ecr.dkr"]),
    "existing.endpoints.security_group_id": of(
        "sg-00000000000000002", "sg-00000000000000003", _SHUT_ENDPOINTS, absent="sg-00000000000000001"
    ),
    "nat": (of("per-zone", "instance"), of("instance", "single", note="instance first")),
    "egress": of(Patch(_CLOSED), Patch({"networking": {"egress": "internet"}}), _INSIDE),
    "subnets": of(_subnets(100), _subnets(200)),
    **{
        f"subnets.{tier}": of(
            [f"10.20.{150}.0/24", "10.20.151.0/24"],
            ["10.20.160.0/24", "10.20.161.0/24"],
            _CHOSEN,
            absent=_subnets(100)[tier],
        )
        for tier in ("public", "private", "isolated")
    },
    "endpoints": of(["sqs"], ["sqs", "dynamodb"]),
    "flow_logs.traffic": of("REJECT", "ACCEPT"),
}

_ALARMS: dict[str, Case | tuple[Case, ...]] = {
    "error_rate_percent": of(5.0, 10.0),
    "error_rate_min_requests": of(50, 60, _RATED),
    "http_api_5xx": of(5, 6, {"edge": {"http_api": {}}}),
    "distribution_5xx_percent": of(6, 7, {"edge": {"distribution": {}}}),
    "database_connections": of(50, 60),
    "slow_query_ms": of(2000, 3000),
    "proxy_borrow_ms": of(200, 300, _PROXY),
    "proxy_failed_connections": of(2, 3, _PROXY),
    "file_system_io_percent": of(70, 75, _FILES),
    "file_system_throughput_percent": of(70, 75, _FILES),
    "redis_memory_percent": of(70, 75, _REDIS),
    "redis_cpu_percent": of(70, 75, _REDIS),
    "redis_throttled": of(50, 60, _SERVERLESS),
    "redis_evictions": of(50, 60, _REDIS),
    "redis_connections": of(50, 60, _REDIS),
    "queue_age_s": of(600, 700, _QUEUE),
    "queue_dead_letters": of(2, 3, _QUEUE),
}

_OBSERVABILITY: dict[str, Case | tuple[Case, ...]] = {
    "alarms": (
        of(None, {"page": "composite"}),
        of(
            None,
            {"page": "composite"},
            {"compute": {"services": {"api": {"deploy": {"strategy": "rolling"}}}}},
            note="rolling",
        ),
    ),
    "alarm_actions": of([f"{_ARN}pager"], [f"{_ARN}pager", f"{_ARN}other"]),
    "emails": of(["a@example.com"], ["b@example.com"]),
    "slack": of(_SLACK, {**_SLACK, "channel_id": "C01234568"}),
    "slack.workspace_id": of("T11234567", "T21234567", {"observability": {"slack": _SLACK}}, absent="T01234567"),
    "slack.channel_id": of("C11234567", "C21234567", {"observability": {"slack": _SLACK}}, absent="C01234567"),
    "budget": of({"monthly_usd": 100}, {"monthly_usd": 200}),
    "budget.monthly_usd": of(200, 300, absent=100),
    "budget.counts": of("stack", "account", {"observability": {"budget": {"monthly_usd": 100}}}),
    **{f"alarms.{key}": row for key, row in _ALARMS.items()},
}

_ONE = {"metrics": {"first": {}}}
_ALARMED = {"metrics": {"first": {"alarm": {"threshold": 1}}}}
_CUSTOM: dict[str, Case | tuple[Case, ...]] = {
    "metrics": of({"first": {"alarm": {"threshold": 1}}}, {"second": {"alarm": {"threshold": 1}}}),
    "metrics.*.statistic": of("p95", "Maximum", _ALARMED),
    "metrics.*.dimensions": of({"Queue": "a"}, {"Queue": "b"}, _ALARMED),
    "metrics.*.chart": of("First", "Second", _ONE),
    "metrics.*.alarm": of({"threshold": 1}, {"threshold": 2, "comparison": "<"}, _ONE),
    "metrics.*.alarm.threshold": of(2, 3, _ALARMED, absent=1),
    "metrics.*.alarm.comparison": of(">", "<", _ALARMED),
    "metrics.*.alarm.minutes": of(6, 7, _ALARMED),
    "metrics.*.alarm.periods": of(2, 3, _ALARMED),
    "metrics.*.alarm.missing": of("bad", "ignore", _ALARMED),
    "metrics.*.alarm.advice": of("Call us.", "Restart it.", _ALARMED),
}

ROWS: dict[str, Case | tuple[Case, ...]] = {
    "allowed_account_ids": of(["123456789012"], ["123456789012", "210987654321"]),
    "forbidden_account_ids": of(["210987654321"], ["210987654321", "345678901234"]),
    "profile": of("acme-dev", "acme-deploy"),
    "assume_roles": of([_DEPLOY], [{"role_arn": f"{_ROLE}hub"}, _DEPLOY]),
    "assume_roles[].role_arn": of(f"{_ROLE}second", f"{_ROLE}third", _ASSUMED, absent=f"{_ROLE}deploy"),
    "assume_roles[].session_name": of("pulumi", "up", _ASSUMED),
    "assume_roles[].external_id": of("first", "second", _ASSUMED),
    "assume_roles[].duration": of("30m", "1h", _ASSUMED),
    "accepted_hints": of({"data.queues.jobs": "read elsewhere"}, {"data.queues.jobs": "kept for now"}, _QUEUE),
    "environment": of("prod", "dev", _PROD, absent="dev"),
    "protect": of(True, False),
    "tags": of({"Team": "a"}, {"Team": "b", "Owner": "c"}),
    "outputs": of({"url": "service.api.url"}, {"address": "service.api.url"}),
    **{f"networking.{key}": row for key, row in _NETWORKING.items()},
    **{f"observability.{key}": row for key, row in _OBSERVABILITY.items()},
    **{f"observability.custom_metrics.*.{key}": row for key, row in _CUSTOM.items()},
}
"""By knob: its case, or cases."""
