"""Origins of a distribution."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge.origin_secret import SecretHeader

__all__ = ["BalancerOrigin", "Frontend", "amplify", "load_balancer"]

# Less than the shortest idle timeout of a load balancer in this project (60 s): CloudFront must close a connection
# first, or it sends a request on a connection that the load balancer is closing.
KEEPALIVE_S = 55
# Amplify's own limit for a request to its server.
AMPLIFY_READ_S = 30
_TLS = ["TLSv1.2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancerOrigin:
    """A load balancer behind a distribution."""

    arn: pulumi.Input[str]
    """The load balancer."""
    arn_suffix: pulumi.Input[str]
    """The end of its ARN."""
    domain: str
    """The name on its certificate, which CloudFront uses as the origin's domain name."""
    read_timeout_s: int
    """Seconds that CloudFront waits for a response, and for each further packet of it."""
    secret: SecretHeader | None = None
    """The header that a public load balancer requires; without it, the load balancer is a VPC origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontend:
    """An Amplify app behind a distribution."""

    domain: pulumi.Input[str]
    """The branch's domain on amplifyapp.com; not a custom domain, since a name belongs to one distribution only."""
    authorization: pulumi.Input[str] | None = None
    """The Authorization header that the distribution sends, if the app has a password."""


def load_balancer(
    origin: BalancerOrigin, vpc_origin_id: pulumi.Input[str] | None
) -> aws.cloudfront.DistributionOriginArgs:
    """The load balancer as a VPC origin, or by its public name with the secret header."""
    headers = vpc = custom = None
    if vpc_origin_id is not None:
        vpc = aws.cloudfront.DistributionOriginVpcOriginConfigArgs(
            vpc_origin_id=vpc_origin_id,
            origin_read_timeout=origin.read_timeout_s,
            origin_keepalive_timeout=KEEPALIVE_S,
        )
    else:
        custom = _custom(origin.read_timeout_s)
    if origin.secret is not None:
        headers = [aws.cloudfront.DistributionOriginCustomHeaderArgs(name=origin.secret.name, value=origin.secret.sent)]
    return aws.cloudfront.DistributionOriginArgs(
        origin_id="load_balancer",
        domain_name=origin.domain,
        custom_headers=headers,
        vpc_origin_config=vpc,
        custom_origin_config=custom,
    )


def amplify(app: Frontend) -> aws.cloudfront.DistributionOriginArgs:
    """The Amplify app, with its own domain as Host: Amplify responds 403 to any other."""
    headers = None
    if app.authorization is not None:
        headers = [aws.cloudfront.DistributionOriginCustomHeaderArgs(name="Authorization", value=app.authorization)]
    return aws.cloudfront.DistributionOriginArgs(
        origin_id="amplify",
        domain_name=app.domain,
        custom_headers=headers,
        custom_origin_config=_custom(AMPLIFY_READ_S),
    )


def _custom(read_timeout_s: int) -> aws.cloudfront.DistributionOriginCustomOriginConfigArgs:
    return aws.cloudfront.DistributionOriginCustomOriginConfigArgs(
        # CloudFront requires a port for plain HTTP, which this protocol policy never uses.
        http_port=80,
        https_port=443,
        origin_protocol_policy="https-only",
        origin_ssl_protocols=_TLS,
        origin_read_timeout=read_timeout_s,
        origin_keepalive_timeout=KEEPALIVE_S,
    )
