"""Broken stack files: the distribution, its names, and what stands behind it."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import DELETED, Broken

__all__ = ["BEHIND", "BROKEN"]

_API = "compute.services.api"
_AT = "edge.distribution"
_ZONE = "Z123456789"
_ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
_APP: dict[str, Any] = {"branches": {"main": {}}}
BEHIND: dict[str, Any] = {"certificate": {"domain": "origin.example.com", "zone": _ZONE}}


def _edge(load_balancer: dict[str, Any] | None = None, beside: dict[str, Any] | None = None, **front: Any) -> Any:
    return {"load_balancer": {**BEHIND, **(load_balancer or {})}, "distribution": front, **(beside or {})}


def _broken(name: str, edge: dict[str, Any], key: str, reason: str, fix: str) -> Broken:
    return Broken(name, "edge", edge, key, reason, fix)


BROKEN = [
    _broken(
        "a distribution without the certificate of its origin",
        {"distribution": {}},
        "edge.load_balancer.certificate",
        "CloudFront uses HTTPS to the load balancer",
        "write {domain: origin.example.com, zone: …}",
    ),
    _broken(
        "an origin whose name nobody knows",
        {"load_balancer": {"certificate": {"arn": _ARN.replace("eu-west-1", "us-east-1")}}, "distribution": {}},
        "edge.load_balancer.certificate.domain",
        "verifies this name",
        "write {domain: origin.example.com, zone: …}",
    ),
    _broken(
        "a public origin without a record",
        {
            "load_balancer": {
                "certificate": {"arn": _ARN.replace("eu-west-1", "us-east-1"), "domain": "origin.example.com"}
            },
            "distribution": {"origin": "public"},
        },
        "edge.load_balancer.certificate.zone",
        "CloudFront finds the load balancer by the record of origin.example.com",
        "add it",
    ),
    _broken(
        "a distribution's certificate of another region",
        _edge(certificate={"arn": _ARN, "domain": "app.example.com"}),
        f"{_AT}.certificate.arn",
        "is of eu-west-1",
        "takes certificates of us-east-1 only",
    ),
    _broken(
        "a distribution's certificate without a name",
        _edge(certificate={"arn": _ARN.replace("eu-west-1", "us-east-1")}),
        f"{_AT}.certificate.domain",
        "CloudFront needs the domain names that it serves",
        "add it",
    ),
    _broken(
        "one name for the distribution and its origin",
        _edge(certificate={"domain": "origin.example.com", "zone": _ZONE}),
        "edge.load_balancer.certificate.domain",
        "is the distribution's name, too (edge.distribution.certificate.domain)",
        "write a name such as origin.example.com",
    ),
    _broken(
        "a wildcard that shares the origin's validation record",
        _edge(
            {"certificate": {"domain": "example.com", "zone": _ZONE}},
            certificate={"domain": "app.example.com", "zone": _ZONE, "names": ["*.example.com"]},
        ),
        "edge.load_balancer.certificate.domain",
        "is the distribution's name, too (edge.distribution.certificate.names[0])",
        "with one certificate",
    ),
    _broken(
        "a certificate that names a name twice",
        _edge(certificate={"domain": "app.example.com", "zone": _ZONE, "names": ["app.example.com"]}),
        f"{_AT}.certificate.names[0]",
        "app.example.com is there twice",
        "remove it",
    ),
    _broken(
        "a name outside of the certificate's zone",
        _edge(certificate={"domain": "app.example.com", "zone": _ZONE, "names": ["www.example.org"]}),
        f"{_AT}.certificate.names[0]",
        "cannot be in one zone",
        "remove it",
    ),
    _broken(
        "two names of one zone that cannot be",
        _edge(certificate={"domain": "app.example.org", "zone": _ZONE}),
        "edge.load_balancer.certificate.domain",
        "cannot both be in zone Z123456789",
        "write the zone of each",
    ),
    _broken(
        "names without a domain",
        _edge(certificate={"arn": _ARN, "names": ["www.example.com"]}),
        f"{_AT}.certificate.names",
        "need a `domain`",
        "add it",
    ),
    _broken(
        "a name that is none",
        _edge(certificate={"domain": "app.example.com", "zone": _ZONE, "names": ["https://www.example.com"]}),
        f"{_AT}.certificate.names[0]",
        "is not a domain name",
        "did you mean www.example.com?",
    ),
    _broken(
        "a path that takes everything",
        _edge(paths={"/*": {}}),
        f"{_AT}.paths./*",
        "nothing is left for `default`",
        "write default: load_balancer",
    ),
    _broken(
        "a path that CloudFront refuses",
        _edge(paths={"/api/{id}": {}}),
        f"{_AT}.paths./api/{{id}}",
        "is not a path pattern that CloudFront takes",
        "such as /api/*",
    ),
    _broken(
        "an unknown way to keep answers",
        _edge(paths={"/api/*": {"cache": "forever"}}),
        f"{_AT}.paths./api/*.cache",
        "'forever' is neither none nor optimized",
        "write one of them (`none` passes every request on unchanged",
    ),
    _broken(
        "an Amplify app that is not there",
        _edge(default="amplify", paths={"/api/*": {}}),
        f"{_AT}.default",
        "is an Amplify app, and the stack has none",
        "add edge.amplify, or write load_balancer",
    ),
    _broken(
        "one name for the distribution and the Amplify app",
        _edge(
            certificate={"domain": "app.example.com", "zone": _ZONE},
            beside={"amplify": {**_APP, "domain": {"name": "app.example.com", "zone": _ZONE}}},
        ),
        "edge.amplify.domain.name",
        "is the distribution's name, too",
        "a name leads to one place",
    ),
    _broken(
        "a distribution that leads to no service",
        _edge(default="amplify", beside={"amplify": _APP}),
        f"{_AT}.paths",
        "nothing leads to api",
        "or default: load_balancer",
    ),
    Broken(
        "a distribution before nothing",
        "",
        {"edge": _edge(), "compute": DELETED, "outputs": DELETED},
        f"{_AT}.default",
        "leads to a load balancer without a service",
        "give a service a route",
    ),
    Broken(
        "a service that no path leads to",
        "",
        {
            "edge": _edge(default="amplify", paths={"/api/*": {}}),
            f"{_API}.route": {"paths": ["/v1/*", "/api/x"], "health": "/"},
        },
        f"{_API}.route.paths",
        "/v1/* cannot be reached",
        "add one, or remove it",
    ),
    Broken(
        "a path that no service answers",
        "",
        {"edge": _edge(paths={"/v2/*": {}}), f"{_API}.route": {"paths": ["/v1/*"], "health": "/"}},
        f"{_AT}.paths./v2/*",
        "is answered by no service",
        "give one a route for it, or remove it",
    ),
    _broken(
        "a distribution and an HTTP API",
        _edge(beside={"http_api": {}}),
        "edge.http_api",
        "both lead to one load balancer",
        "remove it, or edge.distribution",
    ),
    _broken(
        "a regional web ACL behind a distribution",
        _edge(beside={"web_acl": {}}),
        "edge.web_acl",
        "sees only CloudFront's addresses",
        "write edge.distribution.web_acl instead",
    ),
    _broken(
        "an internet-facing load balancer as an origin inside the VPC",
        _edge({"scheme": "internet-facing"}),
        "edge.load_balancer.scheme",
        "is internal behind a distribution with origin: vpc",
        "remove it",
    ),
    _broken(
        "an internal load balancer as a public origin",
        _edge({"scheme": "internal"}, origin="public"),
        "edge.load_balancer.scheme",
        "is internet-facing behind a distribution with origin: public",
        "remove it",
    ),
    _broken(
        "networks that no caller comes from",
        _edge({"allow_cidrs": ["203.0.113.0/24"]}),
        "edge.load_balancer.allow_cidrs",
        "only CloudFront reaches the load balancer",
        "remove it",
    ),
    _broken(
        "a redirect that nobody meets",
        _edge({"redirect_http": True}),
        "edge.load_balancer.redirect_http",
        "has nothing to redirect behind a distribution",
        "remove it, or write false",
    ),
    _broken(
        "a secret header inside the VPC",
        _edge(header_versions=[1, 2]),
        f"{_AT}.header_versions",
        "has no effect with origin: vpc",
        "remove it",
    ),
    _broken(
        "a secret header twice",
        _edge(origin="public", header_versions=[2, 2]),
        f"{_AT}.header_versions",
        "has a version twice",
        "list each once",
    ),
    _broken(
        "a preload list that takes nothing shorter",
        _edge(security_headers={"hsts_preload": True, "hsts_days": 30}),
        f"{_AT}.security_headers.hsts_preload",
        "needs hsts_subdomains: true",
        "365",
    ),
    Broken(
        "prod without a name of its own",
        "",
        {"environment": "prod", "edge": _edge()},
        f"{_AT}.certificate",
        "a distribution also accepts old TLS versions",
        "write {domain: …, zone: …}",
    ),
    Broken(
        "a request that CloudFront would cut",
        "",
        {"edge": _edge(), f"{_API}.request_timeout_s": 180},
        f"{_API}.request_timeout_s",
        "180 s is more than CloudFront waits for an origin (120 s)",
        "write at most 120, or remove edge.distribution",
    ),
    Broken(
        "hosts that the load balancer never hears",
        "",
        {"edge": _edge(), f"{_API}.route": {"health": "/", "hosts": ["app.example.com"]}},
        f"{_API}.route.hosts",
        "matches nothing behind a distribution",
        "remove it",
    ),
    Broken(
        "networks that a route would never see",
        "",
        {"edge": _edge(), f"{_API}.route": {"health": "/", "allow_cidrs": ["203.0.113.0/24"]}},
        f"{_API}.route.allow_cidrs",
        "does not work behind a distribution",
        "let the service itself ask for a login",
    ),
    Broken(
        "more values than a rule takes beside the header",
        "",
        {
            "edge": _edge(origin="public"),
            f"{_API}.route": {"health": "/", "paths": ["/a", "/b", "/c", "/d", "/e"]},
        },
        f"{_API}.route.paths",
        "more than five values",
        "remove some",
    ),
    Broken(
        "Grafana for everybody behind a distribution",
        "",
        {
            "edge": _edge(),
            "compute.services.grafana": {
                "image": "grafana/grafana:12.0.0",
                "architecture": "arm64",
                "port": 3000,
                "route": {"paths": ["/grafana*"], "health": "/grafana/api/health"},
            },
        },
        "compute.services.grafana.route",
        "shows an interface for operators",
        "remove the route",
    ),
]
