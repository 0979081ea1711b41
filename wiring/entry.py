"""The way in: load balancer, routes, HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.compute.service import Attachment
from components.edge.http_api import HttpApi, HttpApiArgs
from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.priorities import assign
from components.edge.route import Route, RouteArgs
from components.networking.connection import Connection, ConnectionArgs
from components.networking.network import Network
from settings import Settings
from wiring.site import Site

__all__ = ["Entry", "entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The load balancer with its routes, and the HTTP API before it."""

    load_balancer: LoadBalancer | None = None
    http_api: HttpApi | None = None
    routes: Mapping[str, Route]

    def attachment(self, service: str) -> Attachment | None:
        """How the load balancer reaches `service`, if it has a route."""
        route = self.routes.get(service)
        if route is None:
            return None
        return Attachment(
            target_group_arns=route.target_group_arns,
            rule_arn=route.rule_arn,
            ready=route.ready,
            requests_per_target=route.metrics.requests_per_target,
        )


def entry(site: Site, settings: Settings, network: Network) -> Entry:
    """The entry of a stack; without a routed service there is none."""
    if not settings.routed:
        return Entry(routes={})
    internal = settings.edge.http_api is not None
    scheme = settings.edge.load_balancer.scheme or ("internal" if internal else "internet-facing")
    routed = {name: settings.compute.services[name] for name in settings.routed}
    balancer = LoadBalancer(
        "load-balancer",
        LoadBalancerArgs(
            settings=settings.edge.load_balancer,
            scheme=scheme,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids if scheme == "internal" else network.public_subnet_ids,
            account_id=site.account_id,
            region=site.region,
            partition=site.partition,
            # A connection must outlive the longest request that it carries.
            idle_timeout_s=max(60, *(service.request_timeout_s + 5 for service in routed.values())),
            protect=site.protect,
        ),
        opts=site.inherit,
    )
    shifting = {name for name, service in routed.items() if service.deploy.strategy != "rolling"}
    priorities = assign({name: service.route for name, service in routed.items() if service.route}, shifting)
    routes = {
        name: Route(
            f"{name}-route",
            RouteArgs(
                settings=service.route,
                vpc_id=network.vpc_id,
                listener_arn=balancer.listener_arn,
                load_balancer=balancer.arn_suffix,
                priority=priorities[name],
                two_target_groups=name in shifting,
                deregistration_delay_s=service.request_timeout_s,
            ),
            opts=site.inherit,
        )
        for name, service in routed.items()
        if service.route is not None
    }
    return Entry(load_balancer=balancer, http_api=_http_api(site, settings, network, balancer), routes=routes)


def _http_api(site: Site, settings: Settings, network: Network, balancer: LoadBalancer) -> HttpApi | None:
    if settings.edge.http_api is None:
        return None
    certificate = settings.edge.load_balancer.certificate
    api = HttpApi(
        "http-api",
        HttpApiArgs(
            settings=settings.edge.http_api,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            listener_arn=balancer.listener_arn,
            server_name=certificate.domain if certificate else None,
        ),
        opts=site.inherit,
    )
    Connection(
        "http-api-to-load-balancer",
        ConnectionArgs(client=api.endpoint, server=balancer.endpoint),
        opts=site.inherit,
    )
    return api
