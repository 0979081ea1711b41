"""The distribution in front of the load balancer, and what keeps others from the load balancer."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.data.key import Key
from components.edge.amplify_app import AmplifyApp
from components.edge.distribution import Distribution, DistributionArgs
from components.edge.load_balancer import LoadBalancer
from components.edge.origin_secret import OriginSecret, OriginSecretArgs, SecretHeader
from components.edge.origins import BalancerOrigin, Frontend
from components.edge.route import Route
from components.edge.web_acl import WebAcl, WebAclArgs
from components.naming import physical_name
from components.networking.vpc import Vpc
from components.values import PrefixList
from settings import Settings
from settings.edge.distribution import REGION
from wiring.context import StackContext

__all__ = ["cloudfront", "distribution", "edge_web_acl", "secret_header"]

_ADDRESSES = "com.amazonaws.global.cloudfront.origin-facing"


def cloudfront(ctx: StackContext, settings: Settings) -> PrefixList | None:
    """The addresses from which CloudFront calls its origins, inside a VPC, too."""
    if settings.edge.distribution is None:
        return None
    prefix_list = aws.ec2.get_managed_prefix_list_output(
        name=_ADDRESSES, opts=pulumi.InvokeOutputOptions(provider=ctx.provider)
    )
    return PrefixList(name="CloudFront", id=prefix_list.id)


def secret_header(ctx: StackContext, settings: Settings) -> SecretHeader | None:
    """The header by which a public load balancer knows this distribution from others."""
    distribution_settings = settings.edge.distribution
    if distribution_settings is None or distribution_settings.origin != "public":
        return None
    args = OriginSecretArgs(versions=distribution_settings.header_versions)
    return OriginSecret("origin-secret", args, opts=ctx.opts("edge.distribution.header_versions")).header


def edge_web_acl(ctx: StackContext, settings: Settings, key: Key) -> WebAcl | None:
    """The distribution's own firewall."""
    distribution_settings = settings.edge.distribution
    if distribution_settings is None or distribution_settings.web_acl is None:
        return None
    return WebAcl(
        "edge-web-acl",
        WebAclArgs(
            settings=distribution_settings.web_acl,
            scope="CLOUDFRONT",
            region=REGION,
            # A key encrypts in its own region only.
            key_arn=key.arn if ctx.account.region == REGION else None,
            log_group_name=physical_name("web-acl-log", "aws-waf-logs", ctx.stack, "edge"),
        ),
        opts=ctx.opts("edge.distribution.web_acl"),
    )


def distribution(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    *,
    balancer: LoadBalancer | None,
    routes: Mapping[str, Route],
    secret: SecretHeader | None,
    web_acl: WebAcl | None,
    web_app: AmplifyApp | None,
) -> Distribution | None:
    """The distribution, once the load balancer takes what it sends."""
    distribution_settings = settings.edge.distribution
    if distribution_settings is None:
        return None
    return Distribution(
        "distribution",
        DistributionArgs(
            settings=distribution_settings,
            stack=ctx.stack,
            account=ctx.account,
            balancer=_origin(settings, balancer, secret),
            frontend=Frontend(domain=web_app.domain, authorization=web_app.authorization) if web_app else None,
            web_acl_arn=web_acl.arn if web_acl else None,
            protect=ctx.protect,
            depends_on=[
                *network.public_dependencies,
                *(rule for route in routes.values() for rule in route.dependencies),
            ],
        ),
        opts=ctx.opts("edge.distribution"),
    )


def _origin(settings: Settings, balancer: LoadBalancer | None, secret: SecretHeader | None) -> BalancerOrigin | None:
    certificate = settings.edge.load_balancer.certificate
    if balancer is None or certificate is None or certificate.domain is None:
        return None
    return BalancerOrigin(
        arn=balancer.arn,
        arn_suffix=balancer.arn_suffix,
        domain=certificate.domain,
        read_timeout_s=max(settings.compute.services[name].request_timeout_s for name in settings.routed),
        secret=secret,
    )
