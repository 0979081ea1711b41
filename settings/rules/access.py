"""Who gets through to a route: logins, networks, and interfaces that are not for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.operator_ui import operator_ui
from settings.compute.route import is_wide
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings


@reads("compute", "edge")
def _guards_that_would_not_hold(settings: Settings) -> Iterator[Fault]:
    for name in settings.routed:
        service = settings.compute.services[name]
        route = service.route
        if route is None or not route.guarded:
            continue
        if settings.edge.http_api is not None:
            key = "route.auth" if route.auth else "route.allow_cidrs"
            yield Fault(
                service_key(name, key),
                "does not work behind an HTTP API, whose requests all come from inside; remove edge.http_api, or the "
                "route (then a tunnel leads to the service, docs/access.md)",
            )
        elif settings.edge.distribution is not None:
            key = "route.auth" if route.auth else "route.allow_cidrs"
            yield Fault(
                service_key(name, key),
                "does not work behind a distribution, from which all requests come; let the service itself ask for a "
                "login, or remove the route (then a tunnel leads to the service, docs/access.md)",
            )
        elif route.auth is not None and settings.edge.load_balancer.certificate is None:
            yield Fault(
                service_key(name, "route.auth"),
                "needs HTTPS, where alone a load balancer lets people sign in; add edge.load_balancer.certificate",
            )
        if route.auth is not None and service.deploy.strategy != "rolling":
            yield Fault(
                service_key(name, "route.auth"),
                f"is part of the rule whose actions a {service.deploy.strategy} deployment leaves to ECS, so a change "
                "of it would be lost; set deploy.strategy: rolling",
            )


@reads("compute", "edge", "networking")
def _way_to_the_provider(settings: Settings) -> Iterator[Fault]:
    closed_by = settings.networking.closed_by
    if settings.edge.load_balancer.scheme != "internal" or closed_by is None:
        return
    for name in settings.routed:
        route = settings.compute.services[name].route
        if route is not None and route.auth is not None:
            yield Fault(
                service_key(name, "route.auth"),
                f"asks an identity provider that an internal load balancer cannot reach with {closed_by}; choose "
                f"another {closed_by.partition(':')[0]}, or write route.allow_cidrs instead",
            )


@reads("compute", "edge")
def _operators_only(settings: Settings) -> Iterator[Fault]:
    edge, balancer = settings.edge, settings.edge.load_balancer
    alone = balancer.scheme == "internal" or not any(is_wide(cidr) for cidr in balancer.allow_cidrs)
    if edge.http_api is None and edge.distribution is None and alone:
        return
    for name in settings.routed:
        service = settings.compute.services[name]
        sign = operator_ui(name, service)
        if sign is not None and service.route is not None and not service.route.guarded:
            yield Fault(
                service_key(name, "route"),
                f"shows an interface for operators ({sign}) to everybody; add auth or allow_cidrs, or remove the route "
                "(then a tunnel leads to it, docs/access.md)",
            )
