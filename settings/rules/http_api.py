"""`edge.http_api`: what works behind an HTTP API."""

from __future__ import annotations

from collections.abc import Iterator

from settings.edge.api_routes import answers, route_key, route_keys
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings

# Amazon API Gateway quotas: an HTTP API's integration ends after 30 s, and that cannot be raised.
HTTP_API_SECONDS = 30
# A quota, too; this one can be raised.
MOST_API_ROUTES = 300


@reads("compute", "edge")
def _entry(settings: Settings) -> Iterator[Fault]:
    edge, api = settings.edge, settings.edge.http_api
    if api is None:
        return
    if not settings.routed:
        yield Fault("edge.http_api", "has nothing to send requests to; give a service a route")
    if edge.load_balancer.scheme == "internet-facing":
        yield Fault(
            "edge.load_balancer.scheme",
            "is internal behind an HTTP API, whose VPC link cannot reach a public "
            "one; remove it (http_api.direct adds a second, public load balancer)",
        )
    if edge.web_acl is not None:
        yield Fault(
            "edge.web_acl",
            "sees only the API's own addresses behind an HTTP API, which itself supports no web ACL; remove it",
        )
    if edge.load_balancer.allow_cidrs is not None and not api.direct:
        yield Fault(
            "edge.load_balancer.allow_cidrs",
            "has no effect behind an HTTP API, since only its VPC link reaches the load balancer; remove it",
        )
    certificate = edge.load_balancer.certificate
    if certificate is not None and certificate.domain is None:
        yield Fault(
            "edge.load_balancer.certificate.domain",
            "is missing: the HTTP API verifies this name on the load balancer's certificate; add it",
        )
    for name in settings.routed:
        seconds = settings.compute.services[name].request_timeout_s
        if seconds > HTTP_API_SECONDS:
            yield Fault(
                service_key(name, "request_timeout_s"),
                f"{seconds} s is more than an HTTP API waits ({HTTP_API_SECONDS} s); write at most "
                f"{HTTP_API_SECONDS}, or remove "
                f"edge.http_api",
            )


@reads("compute", "edge")
def _api_routes(settings: Settings) -> Iterator[Fault]:
    api = settings.edge.http_api
    if api is None:
        return
    patterns = settings.routed_paths
    for path in api.routes:
        if patterns and not any(answers(pattern, path) for pattern in patterns):
            yield Fault(
                f"edge.http_api.routes.{path}",
                f"no service answers this path (there are {', '.join(patterns)}); add it to a service's route.paths, "
                "or remove it",
            )
    keys = {*route_keys(patterns), *(route_key(path) for path in api.routes)}
    if len(keys) >= MOST_API_ROUTES:
        yield Fault(
            "edge.http_api.routes",
            f"makes {len(keys) + 1} routes with the services' paths, and an API has {MOST_API_ROUTES}; remove some",
        )


@reads("compute", "edge")
def _direct(settings: Settings) -> Iterator[Fault]:
    api = settings.edge.http_api
    if api is None or not api.direct:
        return
    for name in settings.routed:
        strategy = settings.compute.services[name].deploy.strategy
        if strategy != "rolling":
            yield Fault(
                "edge.http_api.direct",
                f"puts {name} behind two load balancers, and a {strategy} deployment "
                "shifts the traffic of one; remove it, or set deploy.strategy: rolling",
            )
