"""The guarantees of a distribution that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import DashboardRow
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
    DashboardRow("cloudfront-https-only", FRONT, put(FRONT, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all")),
    DashboardRow(
        "cloudfront-https-only", FRONT, put(FRONT, "orderedCacheBehaviors[0].viewerProtocolPolicy", "allow-all")
    ),
    DashboardRow("cloudfront-viewer-tls", FRONT, put(FRONT, "viewerCertificate.minimumProtocolVersion", "TLSv1")),
    DashboardRow(
        "cloudfront-viewer-tls", FRONT, put(FRONT, "viewerCertificate", {"cloudfrontDefaultCertificate": True})
    ),
    DashboardRow(
        "cloudfront-origin-https", ORIGIN, put(ORIGIN, "vpcOriginEndpointConfig.originProtocolPolicy", "http-only")
    ),
    DashboardRow(
        "cloudfront-origin-https", ORIGIN, put(ORIGIN, "vpcOriginEndpointConfig.originSslProtocols.items", ["TLSv1"])
    ),
    DashboardRow(
        "cloudfront-origin-https", FRONT, put(FRONT, "origins[1].customOriginConfig.originProtocolPolicy", "http-only")
    ),
    DashboardRow(
        "cloudfront-origin-https", FRONT, put(FRONT, "origins[1].customOriginConfig.originSslProtocols", ["SSLv3"])
    ),
    DashboardRow("cloudfront-origin-access-control", FRONT, drop(FRONT, "origins[0].vpcOriginConfig")),
    DashboardRow("edge-access-logs", FRONT, gone(SOURCE)),
    DashboardRow("no-world-open-ingress", CALLERS, put(CALLERS, "cidrIpv4", "0.0.0.0/0")),
    DashboardRow("web-acl-has-rules", ACL, put(ACL, "rules", [])),
    DashboardRow("s3-public-access-blocked", BUCKET, gone(BLOCK)),
    DashboardRow("s3-tls-only", BUCKET, gone(POLICY)),
    DashboardRow("required-tags", FRONT, untag(FRONT)),
    DashboardRow("no-hidden-protection", FRONT, hide(FRONT, "viewerCertificate")),
)
