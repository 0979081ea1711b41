"""Values of the settings of `compute`."""

from __future__ import annotations

from typing import Any

from tests.matrix.by_hand.workloads import VOLUMES, WORKLOADS
from tests.matrix.values import Case, Patch, of

__all__ = ["ROWS", "routed"]

_IMAGES = "tests/matrix/images"
_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shared"
_OWN = {"image": None, "tag": "v1"}
_GRPC = {"protocol": "grpc", "cpu": 512, "memory": 1024}
_BUILT = {"image": None, "build": {"context": f"{_IMAGES}/two"}}
_ELASTIC = {"replicas": {"min": 1, "max": 4, "cpu_percent": 50}}
_THREE = {"replicas": {"min": 3, "max": 3}, "spot": {}}
_NIGHT = [
    {"cron": "0 20 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 1, "max": 1},
    {"cron": "0 6 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 1, "max": 4},
]
_SCHEDULED = {"replicas": {**_ELASTIC["replicas"], "schedule": _NIGHT}}
_LOGIN = {
    "issuer": "https://login.example.com",
    "authorization_endpoint": "https://login.example.com/authorize",
    "token_endpoint": "https://login.example.com/token",
    "user_info_endpoint": "https://login.example.com/me",
    "client_id": "client",
    "client_secret_from": "keys:one",
}
_POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_"
_COGNITO = {"user_pool_arn": f"{_POOL}First", "client_id": "client", "domain": "login"}


def routed(**route: Any) -> dict[str, Any]:
    """A route of the entry alone."""
    return {"route": {"paths": ["/{name}/*"], "health": "/health", **route}}


def _fixed(*numbers: int) -> Case:
    absent, a, b = (Patch({"replicas": {"min": number, "max": number}}) for number in numbers)
    return of(a, b, absent=absent, note="fixed")


_SHIFTED = {**routed(), "deploy": {"strategy": "blue-green"}}
_LINEAR = {**routed(), "deploy": {"strategy": "linear"}}
_OIDC = routed(auth={"oidc": _LOGIN})
_POOLED = routed(auth={"cognito": _COGNITO})
_WRITER = {"file_system": "shared", "access_point": "{name}", "path": "/mnt/state"}

_SERVICES: dict[str, Case | tuple[Case, ...]] = {
    **WORKLOADS,
    "image": (
        of("example/app:2", "example/app@sha256:" + "0f" * 32, absent="example/app:1"),
        of("example/app:1", "example/app:2", _SHIFTED, absent="pending", note="pending, blue-green"),
        of("example/app:1", "example/app:2", routed(), absent="pending", note="pending, routed"),
        of("example/app:1", "pending", absent="pending", note="pending"),
    ),
    "exec": (of(True, False), of(True, False, {"writable": ["/tmp"]}, note="writable")),
    "volumes": (VOLUMES, of([_WRITER], [{**_WRITER, "path": "/mnt/b"}], note="writer")),
    "volumes[].read_only": of(True, False, {"volumes": [_WRITER]}),
    "tag": of("v2", "v3", {"image": None}, absent="v1"),
    "build": of(
        {"context": f"{_IMAGES}/one"},
        {"context": f"{_IMAGES}/two"},
        {"image": None},
        absent={"context": _IMAGES, "dockerfile": f"{_IMAGES}/two/Dockerfile"},
    ),
    "build.context": of(f"{_IMAGES}/one", f"{_IMAGES}/two", _BUILT, absent=f"{_IMAGES}/two"),
    "build.dockerfile": of(f"{_IMAGES}/two/Dockerfile", f"{_IMAGES}/two/Dockerfile.third", _BUILT),
    "build.args": of({"A": "1"}, {"A": "2"}, _BUILT),
    "build.target": of("first", "second", _BUILT),
    "repository": of({}, {"keep_images": 5}),
    "repository.encryption": of("stack-key", "ecr", _OWN),
    "repository.existing": of(f"{_ECR}/api", f"{_ECR}/web", _OWN),
    "port": (
        of(8001, 8002, absent=8000),
        of(8001, 8002, routed(), absent=8000, note="routed"),
        of(8001, 8002, _SHIFTED, absent=8000, note="blue-green"),
        of(8001, 8002, {"discovery": True}, absent=8000, note="discovery"),
        of(8001, 8002, _GRPC, absent=8000, note="grpc"),
    ),
    "protocol": of("grpc", "http", {"cpu": 512, "memory": 1024}),
    "timeouts.per_request_timeout_s": of(10, 20, _GRPC),
    "timeouts.idle_timeout_s": of(60, 120, _GRPC),
    "replicas.min": (of(2, 3, _ELASTIC, absent=1), _fixed(3, 2, 1)),
    "replicas.max": of(5, 6, _ELASTIC, absent=4),
    "replicas.cpu_percent": of(60, 70, {"replicas": {"max": 4, "memory_percent": 50}}),
    "replicas.memory_percent": of(60, 70, {"replicas": {"max": 4, "cpu_percent": 50}}),
    "replicas.requests_per_target": of(60, 70, {**_ELASTIC, **routed()}),
    "replicas.backlog_per_task": of(10, 20, {**_ELASTIC, "consumes": ["jobs"]}),
    "replicas.schedule": of(_NIGHT, [{**one, "timezone": "UTC"} for one in _NIGHT], _ELASTIC),
    "replicas.schedule[].cron": of("0 21 ? * MON-FRI *", "0 22 ? * MON-FRI *", _SCHEDULED, absent=_NIGHT[0]["cron"]),
    "replicas.schedule[].timezone": of("Europe/Paris", "UTC", _SCHEDULED),
    "replicas.schedule[].min": of(
        2, 3, {"replicas": {**_ELASTIC["replicas"], "schedule": [{**_NIGHT[0], "max": 3}, _NIGHT[1]]}}, absent=1
    ),
    "replicas.schedule[].max": of(2, 3, _SCHEDULED, absent=1),
    "spot": of(True, {"base": 1, "percent": 50}, {"replicas": {"min": 3, "max": 3}}),
    "spot.base": of(0, 2, _THREE),
    "spot.percent": of(50, 60, _THREE),
    "route": (
        of(routed()["route"], {**routed()["route"], "paths": ["/{name}/a"]}),
        of(
            routed()["route"],
            {**routed()["route"], "hosts": ["{name}.example.com"]},
            {"discovery": True},
            note="discovery",
        ),
    ),
    "route.paths": of(["/{name}/a"], ["/{name}/a", "/{name}/b"], routed(), absent=["/{name}/*"]),
    "route.hosts": of(["{name}.example.com"], ["{name}.example.org"], routed()),
    "route.health": of("/a", "/b", routed(), absent="/health"),
    "route.health_codes": of("200-299", "200,204", routed()),
    "route.priority": (
        of(4100, 4200, routed()),
        of(4300, 4400, _SHIFTED, note="blue-green"),
    ),
    "route.auth": of({"oidc": _LOGIN}, {"cognito": _COGNITO}, routed()),
    "route.auth.oidc": of(
        {**_LOGIN, "scope": "openid email"}, {**_LOGIN, "scope": "openid profile"}, routed(), absent=_LOGIN
    ),
    **{
        f"route.auth.oidc.{key}": of(
            f"https://a.example.com/{key}", f"https://b.example.com/{key}", _OIDC, absent=_LOGIN[key]
        )
        for key in ("issuer", "authorization_endpoint", "token_endpoint", "user_info_endpoint")
    },
    "route.auth.oidc.client_id": of("second", "third", _OIDC, absent="client"),
    "route.auth.oidc.client_secret_from": of("keys:two", "keys:three", _OIDC, absent="keys:one"),
    "route.auth.oidc.scope": of("openid email", "openid profile", _OIDC),
    "route.auth.oidc.session_hours": of(8, 24, _OIDC),
    "route.auth.cognito": of({**_COGNITO, "domain": "a"}, {**_COGNITO, "domain": "b"}, routed(), absent=_COGNITO),
    "route.auth.cognito.user_pool_arn": of(f"{_POOL}Second", f"{_POOL}Third", _POOLED, absent=f"{_POOL}First"),
    "route.auth.cognito.client_id": of("second", "third", _POOLED, absent="client"),
    "route.auth.cognito.domain": of("a", "b", _POOLED, absent="login"),
    "route.auth.cognito.scope": of("openid email", "openid profile", _POOLED),
    "route.auth.cognito.session_hours": of(8, 24, _POOLED),
    "route.allow_cidrs": of(["10.0.0.0/8"], ["10.1.0.0/16", "10.2.0.0/16"], routed()),
    "discovery_name": (
        of("{name}-a", "{name}-b", {"discovery": True}),
        of("{name}-a", "{name}-b", _GRPC, note="grpc"),
    ),
    "dns_name": of("{name}-a", "{name}-b", _GRPC),
    "health_command": of(["curl", "-f", "http://localhost/"], ["true"]),
    "start_period_s": of(5, 10, {"health_command": ["true"]}),
    "request_timeout_s": (of(20, 60), of(20, 60, routed(), note="routed")),
    "tracing": of(True, False, {"memory": 1024}),
    "deploy.owner": (
        of("delivery", "pulumi"),
        of("delivery", "pulumi", _SHIFTED, note="blue-green"),
        of("delivery", "pulumi", {**_GRPC, "deploy": {"strategy": "blue-green"}}, note="grpc"),
    ),
    "deploy.strategy": (
        of("blue-green", "canary", routed()),
        of("linear", "rolling", routed(), note="linear"),
        of("blue-green", "linear", routed(priority=4500), note="stated priority"),
        of("canary", "rolling", routed(priority=4600), note="canary, stated priority"),
        of("blue-green", "canary", _GRPC, note="grpc"),
        of("linear", "rolling", _GRPC, note="grpc, linear"),
    ),
    "deploy.bake_minutes": of(6, 7, _SHIFTED),
    "deploy.step_percent": (
        of(20, 30, _LINEAR),
        of(20, 30, {**routed(), "deploy": {"strategy": "canary"}}, note="canary"),
    ),
    "deploy.step_minutes": of(6, 7, _LINEAR),
    "deploy.rollback_on_alarms": (
        of(False, True, routed()),
        of(False, True, _SHIFTED, note="blue-green"),
        of(False, True, _GRPC, note="grpc"),
    ),
}

_SCHEDULES: dict[str, Case | tuple[Case, ...]] = {
    "task": of("second-job", "third-job", absent="job"),
    "cron": of("0 4 * * ? *", "0 5 * * ? *", absent="0 3 * * ? *"),
    "timezone": of("Europe/Berlin", "Europe/Paris"),
    "every": of({"hours": 7}, {"days": 2}, {"cron": None}, absent={"hours": 6}),
    "every.minutes": of(40, 50, {"cron": None}, absent=30),
    "every.hours": of(7, 8, {"cron": None}, absent=6),
    "every.days": of(2, 3, {"cron": None}, absent=1),
    "command": of(["{name}", "a"], ["{name}", "b"], absent=["{name}"]),
}

_FOUND = {"compute": {"services": {"api": {"discovery": True, "deploy": {"strategy": "rolling"}}}}}

ROWS = {
    **{f"compute.tasks.*.{key}": row for key, row in WORKLOADS.items()},
    "compute.tasks.*.volumes[].read_only": of(True, False, {"volumes": [_WRITER]}),
    "compute.tasks.*.image_from": of("other", "third", {"image": None}, absent="found"),
    **{f"compute.services.*.{key}": row for key, row in _SERVICES.items()},
    **{f"compute.schedules.*.{key}": row for key, row in _SCHEDULES.items()},
    "compute.domain": of("first.internal", "second.internal", _FOUND),
    "compute.files_image": of(
        "example/busybox:1", "example/busybox:2", {"compute": {"services": {"api": {"files": {"/etc/app/a": "a"}}}}}
    ),
    "compute.collector_image": of(
        "example/otel:1", "example/otel:2", {"compute": {"services": {"api": {"tracing": True, "memory": 1024}}}}
    ),
    "compute.insights": of("enhanced", "disabled"),
}
"""By knob: its case, or cases."""
