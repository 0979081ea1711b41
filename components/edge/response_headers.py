"""The headers that a distribution adds to its answers."""

from __future__ import annotations

import pulumi_aws as aws

from settings.edge.security_headers import SecurityHeaders

__all__ = ["security_headers"]

_DAY_S = 24 * 60 * 60
_FRAMES = {"deny": "DENY", "same-origin": "SAMEORIGIN"}


def security_headers(settings: SecurityHeaders) -> aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs:
    """The security headers: HSTS and nosniff replace the origin's, the others are added only where it sends none."""
    hsts = frame = policy = None
    if settings.hsts_days:
        hsts = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=settings.hsts_days * _DAY_S,
            include_subdomains=settings.hsts_subdomains,
            preload=settings.hsts_preload,
            override=True,
        )
    if settings.frame != "any":
        frame = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs(
            frame_option=_FRAMES[settings.frame], override=False
        )
    if settings.content_security_policy is not None:
        policy = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
            content_security_policy=settings.content_security_policy, override=False
        )
    return aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
        strict_transport_security=hsts,
        content_type_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
            override=True
        ),
        frame_options=frame,
        referrer_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
            referrer_policy=settings.referrer_policy, override=False
        ),
        content_security_policy=policy,
    )
