"""`edge.distribution` and its origins."""

from __future__ import annotations

from collections.abc import Iterator

from settings.edge.distribution import Distribution
from settings.model import Fault
from settings.path_patterns import meet
from settings.rules.registry import reads, service_key
from settings.stack import Settings

# CloudFront's API: the longest OriginReadTimeout, which is also the longest pause in an answer.
LONGEST_READ_S = 120
_KEY = "edge.distribution"


@reads("compute", "edge")
def _something_behind(settings: Settings) -> Iterator[Fault]:
    distribution = settings.edge.distribution
    if distribution is None:
        return
    if distribution.default == "amplify" and settings.edge.amplify is None:
        yield Fault(
            f"{_KEY}.default", "is an Amplify app, and the stack has none; add edge.amplify, or write load_balancer"
        )
    if distribution.uses_load_balancer and not settings.routed:
        what = "default" if distribution.default == "load_balancer" else "paths"
        yield Fault(f"{_KEY}.{what}", "leads to a load balancer without a service; give a service a route")
    if not distribution.uses_load_balancer and settings.routed:
        yield Fault(
            f"{_KEY}.paths",
            f"is missing: nothing leads to {', '.join(settings.routed)}; write paths such as "
            "{/api/*: {cache: none}}, or default: load_balancer",
        )


@reads("compute", "edge")
def _reached(settings: Settings) -> Iterator[Fault]:
    distribution = settings.edge.distribution
    if distribution is None or not distribution.uses_load_balancer:
        return
    routed = {name: settings.compute.services[name].route for name in settings.routed}
    patterns = {name: route.paths for name, route in routed.items() if route is not None}
    for name, paths in patterns.items():
        lost = [path for path in paths if not distribution.reaches(path)]
        if lost:
            yield Fault(
                service_key(name, "route.paths"),
                f"{', '.join(lost)} cannot be reached: no path of {_KEY}.paths leads there; add one, or remove it",
            )
    for pattern in distribution.paths:
        if patterns and not any(meet(pattern, path) for paths in patterns.values() for path in paths):
            yield Fault(f"{_KEY}.paths.{pattern}", "is answered by no service; give one a route for it, or remove it")


@reads("compute", "edge")
def _behind_cloudfront(settings: Settings) -> Iterator[Fault]:
    distribution = settings.edge.distribution
    if distribution is None:
        return
    if settings.edge.http_api is not None:
        yield Fault(
            "edge.http_api", "and edge.distribution both lead to one load balancer; remove it, or edge.distribution"
        )
    if settings.edge.web_acl is not None:
        yield Fault(
            "edge.web_acl",
            "sees only CloudFront's addresses behind a distribution, and would block them; write "
            f"{_KEY}.web_acl instead",
        )
    if distribution.uses_load_balancer and settings.routed:
        yield from _load_balancer(settings, distribution)


def _load_balancer(settings: Settings, distribution: Distribution) -> Iterator[Fault]:
    balancer = settings.edge.load_balancer
    scheme = "internal" if distribution.origin == "vpc" else "internet-facing"
    if balancer.scheme not in (None, scheme):
        yield Fault(
            "edge.load_balancer.scheme",
            f"is {scheme} behind a distribution with origin: {distribution.origin}; remove it, or choose another "
            f"{_KEY}.origin",
        )
    if "allow_cidrs" in balancer.model_fields_set:
        yield Fault(
            "edge.load_balancer.allow_cidrs",
            "has no effect behind a distribution, since only CloudFront reaches the load balancer; remove it, or use "
            f"{_KEY}.web_acl to limit callers",
        )
    certificate = balancer.certificate
    if certificate is None or certificate.domain is None:
        yield Fault(
            "edge.load_balancer.certificate" + ("" if certificate is None else ".domain"),
            "is missing: CloudFront uses HTTPS to the load balancer and verifies this name; write {domain: "
            "origin.example.com, zone: …}, a name for it alone",
        )
    elif distribution.origin == "public" and certificate.zone is None:
        yield Fault(
            "edge.load_balancer.certificate.zone",
            f"is missing: with origin: public, CloudFront finds the load balancer by the record of {certificate.domain}"
            "; add it",
        )
    if balancer.redirect_http and "redirect_http" in balancer.model_fields_set:
        yield Fault(
            "edge.load_balancer.redirect_http",
            "has nothing to redirect behind a distribution, which never calls on port 80; remove it, or write false",
        )


@reads("compute", "edge")
def _routes_behind_cloudfront(settings: Settings) -> Iterator[Fault]:
    distribution = settings.edge.distribution
    if distribution is None:
        return
    for name in settings.routed:
        service = settings.compute.services[name]
        if service.request_timeout_s > LONGEST_READ_S:
            yield Fault(
                service_key(name, "request_timeout_s"),
                f"{service.request_timeout_s} s is more than CloudFront waits for an origin ({LONGEST_READ_S} s); "
                f"write at most {LONGEST_READ_S}, or remove edge.distribution",
            )
        route = service.route
        if route is None:
            continue
        if route.hosts:
            yield Fault(
                service_key(name, "route.hosts"),
                "matches nothing behind a distribution, which calls the load balancer by the name of its certificate; "
                "remove it",
            )
        if distribution.origin == "public" and len(route.paths) + len(distribution.header_versions) > 5:
            yield Fault(
                service_key(name, "route.paths"),
                "and the secret header of origin: public are more than five values, a rule's limit; remove some",
            )
