"""The guarantees of a distribution that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import Row
from tests.program.mutations import drop, gone, hide, put, untag

__all__ = ["ROWS"]

FRONT, ORIGIN, SOURCE, CALLERS, ACL = (
    "cloudfront/distribution::distribution",
    "cloudfront/vpcOrigin::distribution-origin",
    "cloudwatch/logDeliverySource::distribution-logs-source",
    "vpc/securityGroupIngressRule::load-balancer-callers-ingress",
    "wafv2/webAcl::edge-web-acl",
)
BUCKET, POLICY, BLOCK = (
    "s3/bucket::distribution-logs-bucket",
    "s3/bucketPolicy::distribution-logs-bucket-policy",
    "s3/bucketPublicAccessBlock::distribution-logs-bucket-public-access",
)

ROWS = (
    Row("cloudfront-https-only", FRONT, put(FRONT, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all")),
    Row("cloudfront-https-only", FRONT, put(FRONT, "orderedCacheBehaviors[0].viewerProtocolPolicy", "allow-all")),
    Row("cloudfront-viewer-tls", FRONT, put(FRONT, "viewerCertificate.minimumProtocolVersion", "TLSv1")),
    Row("cloudfront-viewer-tls", FRONT, put(FRONT, "viewerCertificate", {"cloudfrontDefaultCertificate": True})),
    Row("cloudfront-origin-https", ORIGIN, put(ORIGIN, "vpcOriginEndpointConfig.originProtocolPolicy", "http-only")),
    Row("cloudfront-origin-https", ORIGIN, put(ORIGIN, "vpcOriginEndpointConfig.originSslProtocols.items", ["TLSv1"])),
    Row(
        "cloudfront-origin-https", FRONT, put(FRONT, "origins[1].customOriginConfig.originProtocolPolicy", "http-only")
    ),
    Row("cloudfront-origin-https", FRONT, put(FRONT, "origins[1].customOriginConfig.originSslProtocols", ["SSLv3"])),
    Row("cloudfront-origin-access-control", FRONT, drop(FRONT, "origins[0].vpcOriginConfig")),
    Row("edge-access-logs", FRONT, gone(SOURCE)),
    Row("no-world-open-ingress", CALLERS, put(CALLERS, "cidrIpv4", "0.0.0.0/0")),
    Row("web-acl-has-rules", ACL, put(ACL, "rules", [])),
    Row("s3-public-access-blocked", BUCKET, gone(BLOCK)),
    Row("s3-tls-only", BUCKET, gone(POLICY)),
    Row("required-tags", FRONT, untag(FRONT)),
    Row("no-hidden-protection", FRONT, hide(FRONT, "viewerCertificate")),
)
