"""Routes of the services, with their logins and the way to the identity provider."""

from __future__ import annotations

import pulumi

from components.edge.load_balancer import LoadBalancer
from components.edge.origin_secret import SecretHeader
from components.edge.priorities import assign
from components.edge.route import Route, RouteArgs
from components.networking.connection import EgressRule, EgressRuleArgs
from components.networking.vpc import Vpc
from settings import Settings
from settings.compute import route as route_settings
from wiring.context import StackContext

__all__ = ["routes_of"]

# ModifyTargetGroupAttributes accepts no more.
LONGEST_DRAIN_S = 3600


def routes_of(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    balancer: LoadBalancer,
    suffix: str = "",
    *,
    secret: SecretHeader | None = None,
) -> dict[str, Route]:
    """The route of each service that has one, on this load balancer."""
    routed = {name: settings.compute.services[name] for name in settings.routed}
    shifting = {name for name, service in routed.items() if service.deploy.strategy != "rolling"}
    priorities = assign({name: service.route for name, service in routed.items() if service.route}, shifting)
    if any(service.route and service.route.auth for service in routed.values()):
        # The load balancer itself turns a login's code into tokens, and asks who it is.
        EgressRule(
            f"{balancer.peer.name}-to-identity-provider",
            EgressRuleArgs(client=balancer.peer, target="the identity provider", cidr="0.0.0.0/0"),
            opts=ctx.opts("edge.load_balancer"),
        )
    return {
        name: Route(
            f"{name}{suffix}",
            RouteArgs(
                service_name=name,
                settings=service.route,
                vpc_id=network.vpc_id,
                listener_arn=balancer.listener_arn,
                load_balancer=balancer.arn_suffix,
                priority=priorities[name],
                two_target_groups=name in shifting,
                deregistration_delay_s=min(LONGEST_DRAIN_S, service.request_timeout_s),
                client_secret=_client_secret(service.route),
                secret_header=secret,
            ),
            opts=ctx.opts(f"compute.services.{name}.route"),
        )
        for name, service in routed.items()
        if service.route is not None
    }


def _client_secret(route: route_settings.Route) -> pulumi.Output[str] | None:
    if route.auth is None or route.auth.oidc is None:
        return None
    namespace, _, key = route.auth.oidc.client_secret_from.partition(":")
    return pulumi.Config(namespace).require_secret(key)
