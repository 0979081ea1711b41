"""Cache behaviors and error responses of a distribution."""

from __future__ import annotations

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from components.edge.priorities import specificity
from settings.edge.distribution import CacheBehavior, Distribution

__all__ = ["custom_errors", "default_cache_behavior", "ordered_cache_behaviors"]

# AWS's managed policies have the same ids in every account (CloudFront's developer guide, "Use managed cache
# policies" and "Use managed origin request policies").
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"

_ALL_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
_READ_METHODS = ["GET", "HEAD", "OPTIONS"]
_CACHED_METHODS = ["GET", "HEAD"]
# The statuses that CloudFront would otherwise cache for ten seconds, and return to others who request the same path.
_ERRORS = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)


class _Common(TypedDict):
    allowed_methods: list[str]
    cached_methods: list[str]
    cache_policy_id: str
    origin_request_policy_id: str | None
    compress: bool


def default_cache_behavior(
    settings: Distribution, headers_policy_id: pulumi.Input[str]
) -> aws.cloudfront.DistributionDefaultCacheBehaviorArgs:
    """The behavior for all other paths: nothing is cached, since HTML refers to files that a deployment replaces.

    Plain HTTP is redirected to HTTPS, since people type addresses without a scheme.
    """
    return aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
        target_origin_id=settings.default,
        viewer_protocol_policy="redirect-to-https",
        response_headers_policy_id=headers_policy_id,
        **_common(CacheBehavior()),
    )


def ordered_cache_behaviors(
    settings: Distribution, headers_policy_id: pulumi.Input[str]
) -> list[aws.cloudfront.DistributionOrderedCacheBehaviorArgs]:
    """The paths of the load balancer, the narrowest first, since CloudFront uses the first match.

    Plain HTTP is refused: a redirect would hide that a client has sent its token unencrypted.
    """
    paths = sorted(settings.paths, key=lambda path: (*(-part for part in specificity(path)), path))
    return [
        aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
            path_pattern=path,
            target_origin_id="load_balancer",
            viewer_protocol_policy="https-only",
            response_headers_policy_id=headers_policy_id,
            **_common(settings.paths[path]),
        )
        for path in paths
    ]


def custom_errors() -> list[aws.cloudfront.DistributionCustomErrorResponseArgs]:
    """Errors are passed on unchanged: never cached, and never replaced by a page, which would hide the API's errors."""
    return [
        aws.cloudfront.DistributionCustomErrorResponseArgs(error_code=code, error_caching_min_ttl=0) for code in _ERRORS
    ]


def _common(behavior: CacheBehavior) -> _Common:
    if behavior.cache == "optimized":
        return _Common(
            allowed_methods=_READ_METHODS,
            cached_methods=_CACHED_METHODS,
            cache_policy_id=CACHING_OPTIMIZED,
            # What is not in the cache key must not reach the origin, or one viewer gets another's response.
            origin_request_policy_id=None,
            compress=True,
        )
    return _Common(
        allowed_methods=_ALL_METHODS,
        cached_methods=_CACHED_METHODS,
        cache_policy_id=CACHING_DISABLED,
        # The Host header must be the origin's own name, which is on its certificate.
        origin_request_policy_id=ALL_VIEWER_EXCEPT_HOST,
        compress=True,
    )
