"""Load balancer, web ACL, routes, HTTP API, distribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from components.compute.load_balancer_attachment import LoadBalancerAttachment
from components.data.key import Key
from components.edge.amplify_app import AmplifyApp
from components.edge.distribution import Distribution
from components.edge.http_api import HttpApi, HttpApiArgs
from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.route import Route
from components.edge.web_acl import WebAcl, WebAclArgs
from components.naming import physical_name
from components.networking.connection import Connection, ConnectionArgs
from components.networking.vpc import Vpc
from components.observability.monitoring import Monitored
from components.values import Peer, PrefixList
from settings import Settings
from settings.edge import HttpApi as HttpApiSettings
from settings.edge import LoadBalancer as LoadBalancerSettings
from wiring.context import StackContext
from wiring.distribution import cloudfront, distribution, edge_web_acl, secret_header
from wiring.routes import routes_of

__all__ = ["Edge", "build_edge"]

Scheme = Literal["internet-facing", "internal"]
# ModifyLoadBalancerAttributes accepts no more.
LONGEST_IDLE_S = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The load balancer with its routes, and the HTTP API or the distribution before it."""

    load_balancer: LoadBalancer | None = None
    http_api: HttpApi | None = None
    distribution: Distribution | None = None
    direct: LoadBalancer | None = None
    web_acl: WebAcl | None = None
    routes: Mapping[str, Route]
    direct_routes: Mapping[str, Route] = field(default_factory=dict)

    @property
    def monitored(self) -> Sequence[Monitored]:
        """What is watched, in the order of the dashboard."""
        candidates = (self.http_api, self.distribution, self.load_balancer)
        return [component for component in candidates if component is not None]

    def attachments(self, service: str) -> list[LoadBalancerAttachment]:
        """How the load balancers reach `service`, if it has a route."""
        return [
            LoadBalancerAttachment(
                target_group_arns=route.target_group_arns,
                rule_arn=route.rule_arn,
                dependencies=route.dependencies,
                entry=balancer.entry,
                requests_per_target=route.metrics.requests_per_target,
            )
            for balancer, routes in self._balancers()
            if (route := routes.get(service)) is not None
        ]

    def clients(self, service: str) -> list[Peer]:
        """Who sends requests to `service`."""
        return [balancer.peer for balancer, routes in self._balancers() if service in routes]

    def _balancers(self) -> list[tuple[LoadBalancer, Mapping[str, Route]]]:
        pairs = ((self.load_balancer, self.routes), (self.direct, self.direct_routes))
        return [(balancer, routes) for balancer, routes in pairs if balancer is not None]


def build_edge(
    ctx: StackContext, settings: Settings, network: Vpc, key: Key, web_app: AmplifyApp | None = None
) -> Edge:
    """The entry of a stack; without a routed service there is a distribution at most."""
    edge = settings.edge
    if edge.distribution is not None:
        return _behind_cloudfront(ctx, settings, network, key, web_app)
    if not settings.routed:
        return Edge(routes={})
    balancer = _load_balancer(
        ctx, settings, network, name="load-balancer", balancer_settings=edge.load_balancer, scheme=edge.scheme
    )
    routes = routes_of(ctx, settings, network, balancer)
    if edge.http_api is None:
        return Edge(load_balancer=balancer, web_acl=_web_acl(ctx, settings, balancer, key), routes=routes)
    api = _http_api(ctx, settings, network, balancer, key)
    if not edge.http_api.direct:
        return Edge(load_balancer=balancer, http_api=api, routes=routes)
    plain = edge.load_balancer.model_copy(update={"certificate": None})
    direct = _load_balancer(ctx, settings, network, name="direct", balancer_settings=plain, scheme="internet-facing")
    return Edge(
        load_balancer=balancer,
        http_api=api,
        direct=direct,
        routes=routes,
        direct_routes=routes_of(ctx, settings, network, direct, "-direct"),
    )


def _behind_cloudfront(
    ctx: StackContext, settings: Settings, network: Vpc, key: Key, web_app: AmplifyApp | None
) -> Edge:
    balancer, routes = None, {}
    secret = secret_header(ctx, settings)
    if settings.routed:
        # CloudFront never calls on port 80.
        balancer_settings = settings.edge.load_balancer.model_copy(update={"redirect_http": False})
        callers = cloudfront(ctx, settings)
        balancer = _load_balancer(
            ctx,
            settings,
            network,
            name="load-balancer",
            balancer_settings=balancer_settings,
            scheme=settings.edge.scheme,
            only_from=callers,
        )
        routes = routes_of(ctx, settings, network, balancer, secret=secret)
    web_acl = edge_web_acl(ctx, settings, key)
    front = distribution(
        ctx, settings, network, balancer=balancer, routes=routes, secret=secret, web_acl=web_acl, web_app=web_app
    )
    return Edge(load_balancer=balancer, distribution=front, web_acl=web_acl, routes=routes)


def _load_balancer(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    *,
    name: str,
    balancer_settings: LoadBalancerSettings,
    scheme: Scheme,
    only_from: PrefixList | None = None,
) -> LoadBalancer:
    longest = max(settings.compute.services[routed].request_timeout_s for routed in settings.routed)
    return LoadBalancer(
        name,
        LoadBalancerArgs(
            settings=balancer_settings,
            access_logs=settings.edge.logs_load_balancer(scheme),
            scheme=scheme,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids if scheme == "internal" else network.public_subnet_ids,
            account=ctx.account,
            # A connection must outlive the longest request that it carries.
            idle_timeout_s=min(LONGEST_IDLE_S, max(60, longest + 5)),
            protect=ctx.protect,
            allow_cidrs=() if only_from is not None else _allowed(settings, scheme),
            only_from=only_from,
            depends_on=network.public_dependencies if scheme == "internet-facing" else (),
        ),
        opts=ctx.opts("edge.load_balancer"),
    )


def _allowed(settings: Settings, scheme: Scheme) -> Sequence[str]:
    """The networks that may call a load balancer of this scheme by themselves."""
    edge = settings.edge
    if scheme == "internal" and not edge.stands_alone:
        return ()
    if edge.load_balancer.allow_cidrs is not None:
        return edge.load_balancer.allow_cidrs
    return ("0.0.0.0/0",) if scheme == "internet-facing" else (settings.networking.cidr,)


def _http_api(ctx: StackContext, settings: Settings, network: Vpc, balancer: LoadBalancer, key: Key) -> HttpApi:
    certificate = settings.edge.load_balancer.certificate
    api = HttpApi(
        "http-api",
        HttpApiArgs(
            settings=settings.edge.http_api or HttpApiSettings(),
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            listener_arn=balancer.listener_arn,
            key_arn=key.arn,
            server_name=certificate.domain if certificate else None,
            paths=settings.routed_paths,
        ),
        opts=ctx.opts("edge.http_api"),
    )
    Connection(
        "http-api-to-load-balancer",
        ConnectionArgs(client=api.peer, server=balancer.peer),
        opts=ctx.opts("edge.http_api"),
    )
    return api


def _web_acl(ctx: StackContext, settings: Settings, balancer: LoadBalancer, key: Key) -> WebAcl | None:
    if settings.edge.web_acl is None:
        return None
    return WebAcl(
        "web-acl",
        WebAclArgs(
            settings=settings.edge.web_acl,
            scope="REGIONAL",
            log_group_name=physical_name("web-acl-log", "aws-waf-logs", ctx.stack),
            key_arn=key.arn,
            resource_arn=balancer.arn,
        ),
        opts=ctx.opts("edge.web_acl"),
    )
