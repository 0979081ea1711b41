"""Values of the settings of `edge`."""

from __future__ import annotations

from typing import Any

from tests.matrix.values import Case, Patch, of

__all__ = ["ROWS"]

_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/{}0000000-0000-0000-0000-000000000000"
_FIRST, _SECOND, _THIRD = (_ARN.format(number) for number in (1, 2, 3))
_ZONES = ("Z0EXAMPLE1ONE", "Z0EXAMPLE2TWO", "Z0EXAMPLE3THREE")
_HTTP = {"edge": {"load_balancer": {"certificate": None}}}
_ROLLING = {"compute": {"services": {"api": {"deploy": {"strategy": "rolling"}}}}}
_ORIGINS = ["https://a.example.com", "https://b.example.com"]
_CORS = {"edge": {"http_api": {"cors": {"origins": _ORIGINS[:1]}}}}
_ROUTE = {"edge": {"http_api": {"routes": {"POST /jobs": {"throttle": {}}}}}}
_API_DOMAIN = {"name": "http.example.com", "zone": _ZONES[0]}
_CDN = {"domain": "www.example.com", "zone": _ZONES[0]}
_CERTIFIED = {"edge": {"distribution": {"certificate": _CDN}}}
_GIVEN = {"edge": {"distribution": {"certificate": {"arn": _FIRST, "domain": "www.example.com"}}}}
_PUBLIC = {"edge": {"distribution": {"origin": "public"}}}
_NOT_SECRET = ({"FIRST": "public"}, {"FIRST": "a name"})
_APP = {"branches": {"main": {}}}
_WITH_APP = {"edge": {"amplify": _APP}}
_BOTH = {"edge": {"amplify": _APP, "distribution": {"default": "amplify", "paths": {"/*a": {}}}}}
_SOURCE = {"repository": "https://github.com/example/web", "token_from": "keys:one"}
_LOGIN = {"edge": {"amplify": {"basic_auth": {"username": "staff"}}}}
_PLACED = {"edge": {"amplify": {"domain": {"name": "app.example.com", "zone": _ZONES[0]}}}}
_SPECIFIED = {"edge": {"amplify": {"build_spec": {"text": "version: 1"}}}}
_STORED = {"edge": {"amplify": {"build_spec": {"file": "Pulumi.yaml"}}}}


def _web_acl(path: str) -> dict[str, Case]:
    return {
        f"{path}.sql": of(True, False),
        f"{path}.requests_per_5_minutes": of(100, None),
        f"{path}.observe": of({}, {"common": ["NoUserAgent_HEADER"], "reputation": ["AWSManagedIPReputationList"]}),
        f"{path}.log": of("all", "blocked"),
    }


def _certificate(path: str, domain: str) -> dict[str, Case]:
    given: dict[str, Any] = {"arn": _FIRST, "domain": f"{domain}.example.com", "zone": None}
    made: dict[str, Any] = {"domain": f"{domain}.example.com", "zone": _ZONES[0]}
    area, key = path.split(".")[1:]
    beside = {"edge": {area: {key: given}}}
    return {
        f"{path}.arn": of(_SECOND, _THIRD, beside, absent=_FIRST),
        f"{path}.domain": of(
            "second.example.com", "third.example.com", {"edge": {area: {key: made}}}, absent=f"{domain}.example.com"
        ),
        f"{path}.zone": of(_ZONES[1], _ZONES[2], {"edge": {area: {key: made}}}, absent=_ZONES[0]),
        f"{path}.names": of(
            [f"x-{domain}.example.com"],
            [f"x-{domain}.example.com", f"*.{domain}.example.com"],
            {"edge": {area: {key: made}}},
        ),
    }


_LOAD_BALANCER: dict[str, Case | tuple[Case, ...]] = {
    "scheme": of("internal", "internet-facing"),
    "certificate": of({"domain": "api.example.com", "zone": _ZONES[0]}, {"arn": _FIRST}, _HTTP),
    "allow_cidrs": of(["10.0.0.0/8"], ["10.0.0.0/8", "192.0.2.0/24"]),
    "log_retention_days": of(30, 60),
}

_HTTP_API: dict[str, Case | tuple[Case, ...]] = {
    "cors": of({"origins": _ORIGINS[:1]}, {"origins": _ORIGINS, "credentials": True}),
    "cors.origins": of(_ORIGINS[1:], _ORIGINS, _CORS, absent=_ORIGINS[:1]),
    "cors.methods": of(["GET"], ["GET", "POST"], _CORS),
    "cors.headers": of(["authorization"], ["x-first"], _CORS),
    "cors.credentials": of(True, False, _CORS),
    "cors.max_age_s": of(60, 0, _CORS),
    "routes": of({"/jobs": {}}, {"/jobs": {}, "POST /jobs": {"throttle": {"rate": 5}}}),
    "routes.*.throttle": of({}, {"rate": 5}, {"edge": {"http_api": {"routes": {"POST /jobs": {}}}}}),
    "routes.*.throttle.rate": of(5, 6, _ROUTE),
    "routes.*.throttle.burst": of(5, 6, _ROUTE),
    "domain": of(_API_DOMAIN, {**_API_DOMAIN, "certificate_arn": _FIRST}),
    "domain.name": of(
        "second.example.com",
        "third.example.com",
        {"edge": {"http_api": {"domain": _API_DOMAIN}}},
        absent="http.example.com",
    ),
    "domain.zone": of(_ZONES[1], _ZONES[2], {"edge": {"http_api": {"domain": _API_DOMAIN}}}, absent=_ZONES[0]),
    "domain.certificate_arn": of(_FIRST, _SECOND, {"edge": {"http_api": {"domain": _API_DOMAIN}}}),
    "direct": of(True, False, _ROLLING),
}

_DISTRIBUTION: dict[str, Case | tuple[Case, ...]] = {
    "certificate": of(_CDN, {"arn": _FIRST, "domain": "www.example.com"}),
    "default": of(
        "amplify",
        "load_balancer",
        {
            "edge": {"amplify": _APP, "distribution": {"paths": {"/api/*": {}}}},
            "compute": {"services": {"api": {"route": {"paths": ["/api/*"]}}}},
        },
    ),
    "paths": of({"/api/*": {}}, {"/api/*": {}, "/static/*": {"cache": "optimized"}}),
    "paths.*.cache": of("optimized", "none", {"edge": {"distribution": {"paths": {"/api/*": {}}}}}),
    "header_versions": of([1, 2], [2], _PUBLIC),
    "web_acl": of({}, {"sql": True}),
    "log_retention_days": of(30, 60),
    "security_headers.hsts_preload": of(
        True, False, {"edge": {"distribution": {"security_headers": {"hsts_subdomains": True}}}}
    ),
    "security_headers.content_security_policy": of("default-src 'self'", "default-src 'none'"),
}

_AMPLIFY: dict[str, Case | tuple[Case, ...]] = {
    "platform": of("WEB", "WEB_COMPUTE"),
    "framework": of("Astro", "Nuxt.js"),
    "repository": of(
        Patch({"edge": {"amplify": _SOURCE}}),
        Patch({"edge": {"amplify": {**_SOURCE, "repository": "https://github.com/example/other"}}}),
    ),
    "token_from": of("keys:two", "keys:three", {"edge": {"amplify": _SOURCE}}, absent="keys:one"),
    "build_spec": of("version: 1", "version: 1\nfrontend: {}"),
    "build_spec.text": of("version: 2", "version: 3", _SPECIFIED, absent="version: 1"),
    "build_spec.file": of("requirements.txt", "requirements-cli.txt", _STORED, absent="Pulumi.yaml"),
    "environment": of({"FIRST": "1"}, {"FIRST": "2", "SECOND": "3"}),
    "not_secrets": of(*_NOT_SECRET, {"edge": {"amplify": {"environment": {"FIRST": "1"}}}}),
    "branches": of(
        Patch({"edge": {"amplify": {"branches": {"main": {"stage": "PRODUCTION"}, "next": {}}}}}),
        Patch({"edge": {"amplify": {"branches": {"main": {"stage": "PRODUCTION"}, "next": {}, "other": {}}}}}),
    ),
    "branches.*.environment": of({"FIRST": "1"}, {"FIRST": "2", "SECOND": "3"}),
    "branches.*.not_secrets": of(
        *_NOT_SECRET, {"edge": {"amplify": {"branches": {"main": {"environment": {"FIRST": "1"}}}}}}
    ),
    "branches.*.auto_build": (of(True, False), of(False, True, {"edge": {"amplify": _SOURCE}}, note="repository")),
    "default_branch": of(
        "next",
        "main",
        {"edge": {"amplify": {"domain": _PLACED["edge"]["amplify"]["domain"], "branches": {"main": {}, "next": {}}}}},
        absent="main",
    ),
    "basic_auth": of({"username": "staff"}, {"username": "other"}),
    "basic_auth.username": of("second", "third", _LOGIN, absent="staff"),
    "domain": of({"name": "app.example.com", "zone": _ZONES[0]}, {"name": "app.example.com", "zone": _ZONES[1]}),
    "domain.name": of("second.example.com", "third.example.com", _PLACED, absent="app.example.com"),
    "domain.zone": of(_ZONES[1], _ZONES[2], _PLACED, absent=_ZONES[0]),
}

_TOP: dict[str, Case | tuple[Case, ...]] = {
    "edge.http_api": of({}, {"log_retention_days": 60}),
    "edge.distribution": (
        of({}, {"origin": "public"}),
        of({"origin": "public"}, {}, note="public first"),
    ),
    "edge.web_acl": of({}, {"sql": True}),
    "edge.amplify": of(_APP, {**_APP, "platform": "WEB"}),
}

ROWS: dict[str, Case | tuple[Case, ...]] = {
    **{f"edge.load_balancer.{key}": row for key, row in _LOAD_BALANCER.items()},
    **_certificate("edge.load_balancer.certificate", "api"),
    **{f"edge.http_api.{key}": row for key, row in _HTTP_API.items()},
    **{f"edge.distribution.{key}": row for key, row in _DISTRIBUTION.items()},
    **_certificate("edge.distribution.certificate", "www"),
    **_web_acl("edge.distribution.web_acl"),
    **_web_acl("edge.web_acl"),
    **{f"edge.amplify.{key}": row for key, row in _AMPLIFY.items()},
    **_TOP,
}
"""By knob: its case, or cases."""
