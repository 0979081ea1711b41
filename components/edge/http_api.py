"""The HTTP API in front of an internal load balancer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.api_domain import ApiDomain, ApiDomainArgs
from components.edge.http_api_monitoring import (
    OWN_METRICS,
    THROTTLED,
    THROTTLED_BY_ROUTE,
    HttpApiMonitoring,
    http_api_metrics,
)
from components.values import Peer
from settings import edge
from settings.edge.api_routes import route_key, route_keys

__all__ = ["HttpApi", "HttpApiArgs"]

# The longest that an HTTP API supports.
TIMEOUT_MS = 30_000
_DEFAULT = "$default"
_ACCESS_LOG = {
    "apiId": "$context.apiId",
    "requestId": "$context.requestId",
    "requestTime": "$context.requestTime",
    "ip": "$context.identity.sourceIp",
    "userAgent": "$context.identity.userAgent",
    "httpMethod": "$context.httpMethod",
    "path": "$context.path",
    "routeKey": "$context.routeKey",
    "protocol": "$context.protocol",
    "status": "$context.status",
    "responseLength": "$context.responseLength",
    "responseLatency": "$context.responseLatency",
    "integrationStatus": "$context.integrationStatus",
    "integrationLatency": "$context.integrationLatency",
    "integrationError": "$context.integrationErrorMessage",
    "error": "$context.error.message",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApiArgs:
    """Arguments of `HttpApi`."""

    settings: edge.HttpApi
    """CORS, throttling, routes, domain, access logs."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets of the VPC link. A few zones, such as use1-az3, have no VPC links."""
    listener_arn: pulumi.Input[str]
    """The internal load balancer's listener; not its DNS name."""
    key_arn: pulumi.Input[str] | None = None
    """The key that encrypts the access log; by default CloudWatch's own."""
    server_name: str | None = None
    """The name on the listener's certificate, if it is an HTTPS listener."""
    paths: Sequence[str] = ()
    """The path patterns of the services; each gets a route."""


class HttpApi(Component):
    """An HTTP API in front of an internal load balancer, about 1 USD per million requests.

    Creates: API, default stage, default route and one for each path, integration, VPC link with its security group,
    log group for access logs with metric filters for throttled requests, in total and by route (about 0.30 USD per
    metric in a month with throttled requests), and as needed the custom domain.
    Guarantees: every request goes through the VPC link to the internal load balancer, with the path unchanged, by
    HTTPS if the listener supports it; requests are throttled and logged; with a custom domain, the default endpoint is
    disabled; a replaced integration is deleted only after the routes use the new one.

    All routes lead to one integration: they only give a path its own metrics and limits, and other paths use the
    default route. Requests time out after 30 s; responses are not streamed. A VPC link without traffic for 60 days
    becomes inactive, and requests fail until AWS has activated it again.
    """

    def __init__(self, name: str, args: HttpApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        api = aws.apigatewayv2.Api(
            self.child_name(),
            protocol_type="HTTP",
            cors_configuration=_cors(settings.cors),
            disable_execute_api_endpoint=settings.domain is not None,
            opts=self.child_opts(),
        )
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description="VPC link of the HTTP API",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        routes = self._routes(api, self._integration(api, group, args), args)
        stage = self._stage(api, routes, args)
        self.api_id = api.id
        self.url = api.api_endpoint
        if settings.domain is not None:
            self.url = ApiDomain(
                self.child_name("domain"),
                ApiDomainArgs(settings=settings.domain, api_id=api.id, stage=stage.id),
                opts=self.child_opts(),
            ).url
        self.peer = Peer(name=name, security_group_id=group.id)
        self.monitoring = HttpApiMonitoring(
            metrics=http_api_metrics(api.id), counts_throttled=settings.counts_throttled
        )
        self.done(url=self.url)

    def _integration(
        self, api: aws.apigatewayv2.Api, group: aws.ec2.SecurityGroup, args: HttpApiArgs
    ) -> aws.apigatewayv2.Integration:
        link = aws.apigatewayv2.VpcLink(
            self.child_name("link"),
            security_group_ids=[group.id],
            subnet_ids=list(args.subnet_ids),
            opts=self.child_opts(),
        )
        tls = None
        if args.server_name is not None:
            tls = aws.apigatewayv2.IntegrationTlsConfigArgs(server_name_to_verify=args.server_name)
        return aws.apigatewayv2.Integration(
            self.child_name("integration"),
            api_id=api.id,
            integration_type="HTTP_PROXY",
            integration_method="ANY",
            integration_uri=args.listener_arn,
            connection_type="VPC_LINK",
            connection_id=link.id,
            payload_format_version="1.0",
            timeout_milliseconds=TIMEOUT_MS,
            tls_config=tls,
            # API Gateway refuses to delete an integration that a route still uses.
            opts=self.child_opts(delete_before_replace=False),
        )

    def _routes(
        self, api: aws.apigatewayv2.Api, integration: aws.apigatewayv2.Integration, args: HttpApiArgs
    ) -> list[aws.apigatewayv2.Route]:
        keys = {*route_keys(args.paths), *(route_key(path) for path in args.settings.routes)}
        return [
            aws.apigatewayv2.Route(
                self.child_name(_route_role(key)),
                api_id=api.id,
                route_key=key,
                target=pulumi.Output.concat("integrations/", integration.id),
                opts=self.child_opts(),
            )
            for key in (_DEFAULT, *sorted(keys))
        ]

    def _stage(
        self, api: aws.apigatewayv2.Api, routes: Sequence[aws.apigatewayv2.Route], args: HttpApiArgs
    ) -> aws.apigatewayv2.Stage:
        settings = args.settings
        # AWS adds each log group that a service writes to, to a resource policy of limited size; groups with this
        # prefix share one entry.
        logs = aws.cloudwatch.LogGroup(
            self.child_name("access-log"),
            name_prefix=f"/aws/vendedlogs/apigateway/{self.child_name()}-",
            retention_in_days=settings.log_retention_days,
            kms_key_id=args.key_arn,
            opts=self.child_opts(),
        )
        if settings.counts_throttled:
            self._count_throttled(logs)
        return aws.apigatewayv2.Stage(
            self.child_name("stage"),
            api_id=api.id,
            # Any other stage name would become part of the path.
            name=_DEFAULT,
            auto_deploy=True,
            access_log_settings=aws.apigatewayv2.StageAccessLogSettingsArgs(
                destination_arn=logs.arn, format=json.dumps(_ACCESS_LOG, separators=(",", ":"))
            ),
            default_route_settings=aws.apigatewayv2.StageDefaultRouteSettingsArgs(
                throttling_rate_limit=settings.throttle.rate,
                throttling_burst_limit=settings.throttle.burst,
                detailed_metrics_enabled=True,
            ),
            route_settings=_route_limits(settings),
            # AWS refuses settings of a route that does not exist yet.
            opts=self.child_opts(depends_on=list(routes)),
        )

    def _count_throttled(self, logs: aws.cloudwatch.LogGroup) -> None:
        """Metrics of throttled requests, which API Gateway does not publish, from the access log."""
        by_api = {"ApiId": "$.apiId"}
        for role, metric, dimensions in (
            ("throttled", THROTTLED, by_api),
            ("throttled-by-route", THROTTLED_BY_ROUTE, {**by_api, "Route": "$.routeKey"}),
        ):
            aws.cloudwatch.LogMetricFilter(
                self.child_name(role),
                log_group_name=logs.name,
                pattern='{ $.status = "429" }',
                metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                    namespace=OWN_METRICS, name=metric, value="1", dimensions=dimensions
                ),
                opts=self.child_opts(),
            )


def _route_role(key: str) -> str:
    """A name that depends on the route key alone, so that adding a route renames no other."""
    if key == _DEFAULT:
        return "route"
    readable = re.sub(r"[^a-z0-9]+", "-", key.removeprefix("ANY ").replace("{proxy+}", "").lower()).strip("-")
    digest = hashlib.sha256(key.encode()).hexdigest()[:6]
    return "-".join(part for part in ("route", readable, digest) if part)


def _route_limits(settings: edge.HttpApi) -> list[aws.apigatewayv2.StageRouteSettingArgs] | None:
    """Limits of single routes; a field that is missing here gets AWS's default, not the stage's."""
    return [
        aws.apigatewayv2.StageRouteSettingArgs(
            route_key=route_key(path),
            throttling_rate_limit=route.throttle.rate,
            throttling_burst_limit=route.throttle.burst,
            detailed_metrics_enabled=True,
        )
        for path, route in sorted(settings.routes.items())
        if route.throttle is not None
    ] or None


def _cors(cors: edge.Cors | None) -> aws.apigatewayv2.ApiCorsConfigurationArgs | None:
    if cors is None:
        return None
    return aws.apigatewayv2.ApiCorsConfigurationArgs(
        allow_origins=list(cors.origins),
        allow_methods=list(cors.methods),
        allow_headers=list(cors.headers),
        allow_credentials=cors.credentials,
        max_age=cors.max_age_s,
    )
