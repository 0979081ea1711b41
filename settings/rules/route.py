"""`route`: paths, logins and networks, and interfaces that are only for operators."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from settings.compute.operator_ui import operator_ui
from settings.compute.route import SHIFTED_OFFSET, Route, is_wide
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings


@reads("compute")
def _routes(settings: Settings) -> Iterator[Fault]:
    routed = [(name, service.route) for name, service in settings.compute.services.items() if service.route]
    for (first, one), (second, other) in combinations(routed, 2):
        shared = sorted(set(one.paths) & set(other.paths))
        if shared and _hosts_meet(one, other):
            yield Fault(
                service_key(second, "route.paths"),
                f"{', '.join(shared)} is routed to {first} already; choose another path, or give them different hosts",
            )
        if one.priority is not None and other.priority is not None:
            yield from _priority_faults(first, one.priority, service_key(second, "route.priority"), other.priority)


def _priority_faults(first: str, one: int, key: str, other: int) -> Iterator[Fault]:
    if one == other:
        yield Fault(key, f"{one} is taken by {first}; each has its own")
    elif abs(one - other) <= SHIFTED_OFFSET:
        yield Fault(
            key,
            f"is {other}, next to the {one} of {first}; leave a number between them, which the lower one takes while "
            "its deploy.strategy shifts traffic",
        )


def _hosts_meet(one: Route, other: Route) -> bool:
    return set(one.hosts) == set(other.hosts) or bool(set(one.hosts) & set(other.hosts))


@reads("compute", "edge")
def _ineffective_guards(settings: Settings) -> Iterator[Fault]:
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
                "route (and use a tunnel, docs/access.md)",
            )
        elif settings.edge.distribution is not None:
            key = "route.auth" if route.auth else "route.allow_cidrs"
            yield Fault(
                service_key(name, key),
                "does not work behind a distribution, from which all requests come; let the service itself ask for a "
                "login, or remove the route (and use a tunnel, docs/access.md)",
            )
        elif route.auth is not None and settings.edge.load_balancer.certificate is None:
            yield Fault(
                service_key(name, "route.auth"),
                "needs HTTPS, without which a load balancer offers no login; add edge.load_balancer.certificate",
            )
        if route.auth is not None and service.deploy.strategy != "rolling":
            yield Fault(
                service_key(name, "route.auth"),
                f"is part of the rule whose actions a {service.deploy.strategy} deployment leaves to ECS, so a change "
                "of it would be lost; set deploy.strategy: rolling",
            )


@reads("compute", "edge", "networking")
def _provider_is_reachable(settings: Settings) -> Iterator[Fault]:
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
    narrow = balancer.allow_cidrs is not None and not any(is_wide(cidr) for cidr in balancer.allow_cidrs)
    if edge.stands_alone and (balancer.scheme == "internal" or narrow):
        return
    for name in settings.routed:
        service = settings.compute.services[name]
        sign = operator_ui(name, service)
        if sign is not None and service.route is not None and not service.route.guarded:
            yield Fault(
                service_key(name, "route"),
                f"shows an interface for operators ({sign}) to everybody; add auth or allow_cidrs, or remove the route "
                "(and use a tunnel, docs/access.md)",
            )
