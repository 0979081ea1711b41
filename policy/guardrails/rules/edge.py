"""The edge: CloudFront, API routes, web ACLs, headers of load balancers."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, judge_rows, one_of, types_of
from ..model import Context, Outcome, Rule, undecided, violation
from ..values import UNKNOWN

HEADERS = (Flag("lb/loadBalancer", "dropInvalidHeaderFields"),)
MINIMUM_PROTOCOLS = ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
OLD_PROTOCOLS = ("SSLv3", "TLSv1", "TLSv1.1")


def _viewers(ctx: Context) -> Iterator[Outcome]:
    for behaviour in [ctx.at("defaultCacheBehavior"), *ctx.at("orderedCacheBehaviors").items()]:
        yield from one_of(behaviour.at("viewerProtocolPolicy"), ("redirect-to-https", "https-only"))


def _viewer_tls(ctx: Context) -> Iterator[Outcome]:
    certificate = ctx.at("viewerCertificate")
    default = certificate.at("cloudfrontDefaultCertificate").flag(False)
    if default is UNKNOWN:
        yield undecided(f"{certificate.path}.cloudfrontDefaultCertificate cannot be determined")
    elif default:
        yield violation(f"{certificate.path} must be a certificate for your own domain")
    else:
        yield from one_of(certificate.at("minimumProtocolVersion"), MINIMUM_PROTOCOLS)


def _origin_https(ctx: Context) -> Iterator[Outcome]:
    if "vpcOrigin" in ctx.resource.type:
        origins = [ctx.at("vpcOriginEndpointConfig")]
    else:
        origins = [item.at("customOriginConfig") for item in ctx.at("origins").items()]
    for origin in origins:
        if origin.absent:
            continue
        yield from one_of(origin.at("originProtocolPolicy"), ("https-only",))
        protocols = origin.at("originSslProtocols")
        items = protocols.at("items").items() if isinstance(protocols.value, dict) else protocols.items()
        names = [item.text("") for item in items]
        if any(name in OLD_PROTOCOLS for name in names if isinstance(name, str)):
            yield violation(f"{protocols.path} must not include protocols older than TLSv1.2")
        elif UNKNOWN in names:
            yield undecided(f"{protocols.path} cannot be determined")


def _origin_access(ctx: Context) -> Iterator[Outcome]:
    """An S3 origin is one without a custom or a VPC origin configuration."""
    for origin in ctx.at("origins").items():
        if origin.unknown:
            yield undecided(f"{origin.path} cannot be determined")
            continue
        other = any(not origin.at(key).absent for key in ("customOriginConfig", "vpcOriginConfig"))
        control = not origin.at("originAccessControlId").absent and origin.at("originAccessControlId").value != ""
        identity = origin.at("s3OriginConfig.originAccessIdentity").text("")
        if not other and not control and identity == "":
            yield violation(f"{origin.path}.originAccessControlId must be set")


def _route(ctx: Context) -> Iterator[Outcome]:
    kind, key = ctx.at("authorizationType").text("NONE"), ctx.at("routeKey").text("")
    if kind is UNKNOWN or (kind == "NONE" and key is UNKNOWN):
        yield undecided("authorizationType or routeKey cannot be determined")
    elif kind == "NONE" and not key.startswith("OPTIONS "):
        yield violation(
            "authorizationType is NONE, so the route is open unless the application authenticates its callers"
        )


def _headers(ctx: Context) -> Iterator[Outcome]:
    if ctx.at("loadBalancerType").text("application") != "application":
        return
    yield from judge_rows(HEADERS)(ctx)


def _web_acl(ctx: Context) -> Iterator[Outcome]:
    rules = ctx.at("rules")
    if rules.unknown or ctx.at("ruleJson").unknown:
        yield undecided("rules cannot be determined")
    elif not rules.items() and ctx.at("ruleJson").text("") == "":
        yield violation("rules must not be empty")


RULES = (
    Rule(
        id="cloudfront-https-only",
        title="CloudFront serves HTTPS only, or redirects HTTP to it",
        severity="high",
        controls=("FSBP CloudFront.3",),
        fix="Set viewerProtocolPolicy to redirect-to-https or https-only on every cache behaviour.",
        types=("cloudfront/distribution",),
        check=_viewers,
    ),
    Rule(
        id="cloudfront-viewer-tls",
        title="CloudFront requires TLS 1.2 or newer, with a custom certificate",
        severity="medium",
        controls=("FSBP CloudFront.7",),
        fix="Set viewerCertificate to an ACM certificate and minimumProtocolVersion to TLSv1.2_2021.",
        types=("cloudfront/distribution",),
        check=_viewer_tls,
        baseline="disabled",
    ),
    Rule(
        id="cloudfront-origin-https",
        title="CloudFront connects to custom origins over HTTPS with TLS 1.2",
        severity="medium",
        controls=("FSBP CloudFront.9", "FSBP CloudFront.10"),
        fix="Set originProtocolPolicy to https-only and originSslProtocols to [TLSv1.2].",
        types=("cloudfront/distribution", "cloudfront/vpcOrigin"),
        check=_origin_https,
        baseline="disabled",
    ),
    Rule(
        id="cloudfront-origin-access-control",
        title="CloudFront reads S3 origins through origin access control",
        severity="high",
        controls=("FSBP CloudFront.13",),
        fix="Set originAccessControlId on the origin and block public access to the bucket.",
        types=("cloudfront/distribution",),
        check=_origin_access,
    ),
    Rule(
        id="api-route-authorised",
        title="API Gateway routes have an authoriser",
        severity="medium",
        controls=("FSBP APIGateway.8",),
        fix="Set authorizationType to JWT, AWS_IAM or CUSTOM. Where the application authenticates its callers, exempt "
        "its routes in the policy configuration.",
        types=("apigatewayv2/route",),
        check=_route,
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="load-balancer-drops-invalid-headers",
        title="Application load balancers drop invalid headers",
        severity="low",
        controls=("FSBP ELB.4",),
        fix="Set dropInvalidHeaderFields to true.",
        types=types_of(HEADERS),
        check=_headers,
        baseline="advisory",
    ),
    Rule(
        id="web-acl-has-rules",
        title="Web ACLs have at least one rule",
        severity="low",
        controls=("FSBP WAF.10",),
        fix="Add a managed rule group.",
        types=("wafv2/webAcl",),
        check=_web_acl,
        baseline="advisory",
    ),
)
