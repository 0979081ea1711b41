"""The HTTP API in front of an internal load balancer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.api_domain import ApiDomain, ApiDomainArgs
from components.values import PERCENTILES, Endpoint, Metric
from settings import edge

__all__ = ["HttpApi", "HttpApiArgs", "HttpApiMetrics"]

# Longer is not to be had.
TIMEOUT_MS = 30_000
_OWN_METRICS = "AgentPlatform/HttpApi"
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
    """CORS, throttling, domain, access logs."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets of the VPC link. A few zones, such as use1-az3, have no VPC links."""
    listener_arn: pulumi.Input[str]
    """The internal load balancer's listener; not its DNS name."""
    server_name: str | None = None
    """The name on the listener's certificate, if it speaks HTTPS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApiMetrics:
    """Metrics that an HTTP API publishes."""

    requests: Metric
    client_errors: Metric
    throttled: Metric
    """Requests beyond the limits, which `client_errors` counts, too; API Gateway has no metric of them alone."""
    errors: Metric
    latencies: Sequence[Metric]
    integration_latency: Metric
    """Time that the load balancer and the service take of it."""


class HttpApi(Component):
    """An HTTP API, about 1 USD for a million requests.

    Creates: API, default route and stage, integration, VPC link with its security group, log group for access logs with
    a metric of throttled requests (about 0.30 USD a month), and as needed the custom domain.
    Guarantees: every request goes through the VPC link to the internal load balancer, by HTTPS if it speaks that,
    with the path unchanged; requests are throttled and logged; with a custom domain there is no way around it; an
    integration that is replaced exists before the route leaves the old one.

    Requests end after 30 s, answers are not streamed. A VPC link without traffic for 60 days falls asleep, and the
    next requests fail until it is awake.
    """

    def __init__(self, name: str, args: HttpApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        api = aws.apigatewayv2.Api(
            self.named(),
            protocol_type="HTTP",
            cors_configuration=_cors(settings.cors),
            disable_execute_api_endpoint=settings.domain is not None,
            opts=self.inside(),
        )
        group = aws.ec2.SecurityGroup(
            self.named("group"),
            vpc_id=args.vpc_id,
            description="VPC link of the HTTP API",
            revoke_rules_on_delete=True,
            opts=self.inside(),
        )
        route = self._route(api, self._integration(api, group, args))
        stage = self._stage(api, route, settings)
        self.api_id = api.id
        self.url = api.api_endpoint
        if settings.domain is not None:
            self.url = ApiDomain(
                self.named("domain"),
                ApiDomainArgs(settings=settings.domain, api_id=api.id, stage=stage.id),
                opts=self.inside(),
            ).url
        self.endpoint = Endpoint(name=name, security_group_id=group.id)
        self.metrics = _metrics(api)
        self.done(url=self.url)

    def _integration(
        self, api: aws.apigatewayv2.Api, group: aws.ec2.SecurityGroup, args: HttpApiArgs
    ) -> aws.apigatewayv2.Integration:
        link = aws.apigatewayv2.VpcLink(
            self.named("link"),
            security_group_ids=[group.id],
            subnet_ids=list(args.subnet_ids),
            opts=self.inside(),
        )
        tls = None
        if args.server_name is not None:
            tls = aws.apigatewayv2.IntegrationTlsConfigArgs(server_name_to_verify=args.server_name)
        return aws.apigatewayv2.Integration(
            self.named("integration"),
            api_id=api.id,
            integration_type="HTTP_PROXY",
            integration_method="ANY",
            integration_uri=args.listener_arn,
            connection_type="VPC_LINK",
            connection_id=link.id,
            payload_format_version="1.0",
            timeout_milliseconds=TIMEOUT_MS,
            tls_config=tls,
            # API Gateway deletes no integration that a route still names.
            opts=self.inside(delete_before_replace=False),
        )

    def _route(self, api: aws.apigatewayv2.Api, integration: aws.apigatewayv2.Integration) -> aws.apigatewayv2.Route:
        return aws.apigatewayv2.Route(
            self.named("route"),
            api_id=api.id,
            route_key="$default",
            target=pulumi.Output.concat("integrations/", integration.id),
            opts=self.inside(),
        )

    def _stage(
        self, api: aws.apigatewayv2.Api, route: aws.apigatewayv2.Route, settings: edge.HttpApi
    ) -> aws.apigatewayv2.Stage:
        # AWS keeps one policy of all groups that services write to, and it is soon full; groups below this prefix
        # share one entry.
        logs = aws.cloudwatch.LogGroup(
            self.named("access-log"),
            name_prefix=f"/aws/vendedlogs/apigateway/{self.named()}-",
            retention_in_days=settings.access_log_days,
            opts=self.inside(),
        )
        aws.cloudwatch.LogMetricFilter(
            self.named("throttled"),
            log_group_name=logs.name,
            pattern='{ $.status = "429" }',
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                namespace=_OWN_METRICS, name="Throttled", value="1", dimensions={"ApiId": "$.apiId"}
            ),
            opts=self.inside(),
        )
        return aws.apigatewayv2.Stage(
            self.named("stage"),
            api_id=api.id,
            # Any other stage's name would stand in front of the path.
            name="$default",
            auto_deploy=True,
            access_log_settings=aws.apigatewayv2.StageAccessLogSettingsArgs(
                destination_arn=logs.arn, format=json.dumps(_ACCESS_LOG, separators=(",", ":"))
            ),
            default_route_settings=aws.apigatewayv2.StageDefaultRouteSettingsArgs(
                throttling_rate_limit=settings.throttle.rate,
                throttling_burst_limit=settings.throttle.burst,
                detailed_metrics_enabled=True,
            ),
            opts=self.inside(depends_on=[route]),
        )


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


def _metrics(api: aws.apigatewayv2.Api) -> HttpApiMetrics:
    def metric(name: str, statistic: Literal["Sum", "p50", "p95", "p99"], label: str) -> Metric:
        return Metric(
            namespace="AWS/ApiGateway",
            name=name,
            dimensions={"ApiId": api.id},
            statistic=statistic,
            label=label,
        )

    return HttpApiMetrics(
        requests=metric("Count", "Sum", "requests"),
        client_errors=metric("4xx", "Sum", "4xx"),
        errors=metric("5xx", "Sum", "5xx"),
        throttled=Metric(
            namespace=_OWN_METRICS,
            name="Throttled",
            dimensions={"ApiId": api.id},
            statistic="Sum",
            label="throttled",
        ),
        latencies=[metric("Latency", statistic, f"latency {statistic} (ms)") for statistic in PERCENTILES],
        integration_latency=metric("IntegrationLatency", "p95", "integration latency p95 (ms)"),
    )
