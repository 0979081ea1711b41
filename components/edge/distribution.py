"""The CloudFront distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.edge.cache_behaviors import custom_errors, default_cache_behavior, ordered_cache_behaviors
from components.edge.certificate import Certificate, CertificateArgs
from components.edge.distribution_logs import DistributionLogs, DistributionLogsArgs
from components.edge.distribution_monitoring import DistributionMonitoring, distribution_metrics
from components.edge.origins import BalancerOrigin, Frontend, amplify, load_balancer
from components.edge.response_headers import security_headers
from components.naming import physical_name, record_role
from settings.edge import certificate as certificates
from settings.edge import distribution as distributions

__all__ = ["Distribution", "DistributionArgs"]

# TLS 1.2 and 1.3 with forward secrecy only.
TLS_POLICY = "TLSv1.2_2021"
_PRICE_CLASSES = {"100": "PriceClass_100", "200": "PriceClass_200", "all": "PriceClass_All"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionArgs:
    """Arguments of `Distribution`."""

    settings: distributions.Distribution
    """Certificate, origins, paths, headers, access logs."""
    stack: str
    """The stack's name, for names that must be unique in an account."""
    account: Account
    """The account, its region and partition."""
    balancer: BalancerOrigin | None = None
    """The load balancer, if any request goes to one."""
    frontend: Frontend | None = None
    """The Amplify app, if any request goes to it."""
    web_acl_arn: pulumi.Input[str] | None = None
    """A web ACL with scope CLOUDFRONT."""
    protect: bool = False
    """Refuse to delete the distribution and its logs."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must exist first: the VPC's internet gateway, without which CloudFront refuses an origin in the VPC, and
    the listener rules, so that a new secret header is accepted before it is sent."""

    def __post_init__(self) -> None:
        if self.settings.uses_load_balancer and self.balancer is None:
            raise ValueError("the settings send requests to a load balancer; pass balancer")
        if self.settings.default == "amplify" and self.frontend is None:
            raise ValueError("the settings send requests to an Amplify app; pass frontend")
        if self.balancer is not None and (self.balancer.secret is None) != (self.settings.origin == "vpc"):
            raise ValueError("a load balancer has a secret header with origin: public, and none with origin: vpc")


class Distribution(Component):
    """A CloudFront distribution in front of a load balancer, an Amplify app, or both.

    Creates: the distribution, its response headers policy and its access logs; as needed a VPC origin, a certificate
    in us-east-1, and DNS records for each name.
    Guarantees: HTTPS only, from viewers (TLS 1.2 or newer with a custom domain) and to origins; errors and paths
    without a behavior of their own are never cached; responses carry security headers; a replaced load balancer gets
    a new VPC origin, and the old origin is deleted once the distribution no longer uses it.
    Errors: ValueError for an origin that the settings need and the arguments lack, or a secret header that does not
    fit `origin`.
    """

    def __init__(self, name: str, args: DistributionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        headers = aws.cloudfront.ResponseHeadersPolicy(
            self.child_name("headers"),
            comment=f"Security headers of {args.stack}",
            security_headers_config=security_headers(settings.security_headers),
            opts=self.child_opts(),
        )
        distribution = aws.cloudfront.Distribution(
            self.child_name(),
            enabled=True,
            comment=args.stack,
            http_version="http2and3",
            is_ipv6_enabled=True,
            price_class=_PRICE_CLASSES[settings.price_class],
            aliases=list(settings.certificate.all_names) if settings.certificate else None,
            origins=self._origins(args),
            default_cache_behavior=default_cache_behavior(settings, headers.id),
            ordered_cache_behaviors=ordered_cache_behaviors(settings, headers.id) or None,
            custom_error_responses=custom_errors(),
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
            ),
            viewer_certificate=self._viewer_certificate(settings.certificate),
            web_acl_id=args.web_acl_arn,
            wait_for_deployment=True,
            opts=self.child_opts(protect=args.protect, depends_on=list(args.depends_on) or None),
        )
        self._records(distribution, settings.certificate)
        DistributionLogs(
            self.child_name("logs"),
            DistributionLogsArgs(
                delivery_name=physical_name("log-delivery", args.stack, name),
                distribution_arn=distribution.arn,
                account=args.account,
                days=settings.log_retention_days,
                protect=args.protect,
            ),
            opts=self.child_opts(),
        )
        self.id = distribution.id
        self.arn = distribution.arn
        self.domain_name = distribution.domain_name
        custom_domain = settings.certificate.domain if settings.certificate else None
        self.url = pulumi.Output.concat("https://", custom_domain or distribution.domain_name)
        metrics = distribution_metrics(distribution.id)
        self.monitoring = DistributionMonitoring(metrics=metrics, stack_region=args.account.region)
        self.done(id=self.id, domain_name=self.domain_name, url=self.url)

    def _origins(self, args: DistributionArgs) -> list[aws.cloudfront.DistributionOriginArgs]:
        origins = []
        if args.balancer is not None:
            in_vpc = args.balancer.secret is None
            origins.append(load_balancer(args.balancer, self._vpc_origin(args, args.balancer) if in_vpc else None))
        if args.frontend is not None and args.settings.default == "amplify":
            origins.append(amplify(args.frontend))
        return origins

    def _vpc_origin(self, args: DistributionArgs, balancer: BalancerOrigin) -> pulumi.Output[str]:
        vpc_origin = aws.cloudfront.VpcOrigin(
            self.child_name("origin"),
            vpc_origin_endpoint_config=aws.cloudfront.VpcOriginVpcOriginEndpointConfigArgs(
                # Two exist while a load balancer is replaced, so the name contains the load balancer's id.
                name=pulumi.Output.from_input(balancer.arn_suffix).apply(
                    lambda suffix: physical_name("vpc-origin", args.stack, suffix.rpartition("/")[2])
                ),
                arn=balancer.arn,
                http_port=80,
                https_port=443,
                origin_protocol_policy="https-only",
                origin_ssl_protocols=aws.cloudfront.VpcOriginVpcOriginEndpointConfigOriginSslProtocolsArgs(
                    items=["TLSv1.2"], quantity=1
                ),
            ),
            timeouts=aws.cloudfront.VpcOriginTimeoutsArgs(create="30m", update="30m", delete="30m"),
            # CloudFront refuses to change an origin that a distribution uses.
            opts=self.child_opts(
                replace_on_changes=["vpcOriginEndpointConfig"],
                delete_before_replace=False,
                depends_on=list(args.depends_on) or None,
            ),
        )
        return vpc_origin.id

    def _viewer_certificate(
        self, settings: certificates.Certificate | None
    ) -> aws.cloudfront.DistributionViewerCertificateArgs:
        if settings is None:
            return aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True)
        arn: pulumi.Input[str] | None = settings.arn
        if arn is None and settings.domain is not None and settings.zone is not None:
            arn = Certificate(
                self.child_name("certificate"),
                CertificateArgs(
                    domain=settings.domain,
                    zone_id=settings.zone,
                    alternative_names=settings.names,
                    region=distributions.REGION,
                ),
                opts=self.child_opts(),
            ).arn
        return aws.cloudfront.DistributionViewerCertificateArgs(
            acm_certificate_arn=arn, ssl_support_method="sni-only", minimum_protocol_version=TLS_POLICY
        )

    def _records(self, distribution: aws.cloudfront.Distribution, settings: certificates.Certificate | None) -> None:
        if settings is None or settings.zone is None:
            return
        for domain in settings.all_names:
            for kind in ("A", "AAAA"):
                aws.route53.Record(
                    self.child_name(f"{kind.lower()}-{record_role(domain)}"),
                    zone_id=settings.zone,
                    name=domain,
                    type=kind,
                    aliases=[
                        aws.route53.RecordAliasArgs(
                            name=distribution.domain_name,
                            zone_id=distribution.hosted_zone_id,
                            evaluate_target_health=False,
                        )
                    ],
                    opts=self.child_opts(),
                )
