"""The places where a distribution gets its answers."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge.origin_secret import SecretHeader

__all__ = ["BalancerOrigin", "Frontend", "amplify", "load_balancer"]

# Below a load balancer's shortest idle timeout, 60 s here: who closes first must be CloudFront, or a request that
# it sends on a connection that is just going is lost.
KEEPALIVE_S = 55
# Amplify itself ends a request to its server after as long.
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
    """The name on its certificate, by which CloudFront calls it."""
    read_timeout_s: int
    """Seconds that CloudFront waits for an answer, and for each next part of it."""
    secret: SecretHeader | None = None
    """The header that a public one asks for; without, it is reached inside the VPC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontend:
    """An Amplify app behind a distribution."""

    domain: pulumi.Input[str]
    """The domain of its branch on amplifyapp.com; never one of one's own, which only one distribution can have."""
    authorization: pulumi.Input[str] | None = None
    """What it asks for, where a password stands before it: only the distribution gets through."""


def load_balancer(
    origin: BalancerOrigin, vpc_origin_id: pulumi.Input[str] | None
) -> aws.cloudfront.DistributionOriginArgs:
    """The load balancer: inside the VPC, or by its public name with the secret header."""
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
    """The app, called by its own name: Amplify answers 403 to any other."""
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
        # CloudFront wants a port for plain HTTP, too, and never uses it.
        http_port=80,
        https_port=443,
        origin_protocol_policy="https-only",
        origin_ssl_protocols=_TLS,
        origin_read_timeout=read_timeout_s,
        origin_keepalive_timeout=KEEPALIVE_S,
    )
