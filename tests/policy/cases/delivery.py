"""Fixtures of the rules for edges and listeners."""

from policy.guardrails import UNKNOWN
from tests.policy.support import cases, res

REDIRECT = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]
FORWARD = [{"type": "forward", "targetGroupArn": "arn:tg"}]
POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


def listener(internal, **inputs):
    alb = res("lb/loadBalancer", "alb", internal=internal)
    return [alb, res("lb/listener", loadBalancerArn=UNKNOWN, deps={"loadBalancerArn": [alb]}, **inputs)]


def distribution(**inputs):
    return res("cloudfront/distribution", **inputs)


def origin(**config):
    return {"originId": "app", "domainName": "app.example.com", **config}


def custom(policy, protocols):
    return origin(customOriginConfig={"originProtocolPolicy": policy, "originSslProtocols": protocols})


CASES = [
    cases(
        "public-listener-https",
        ok=[
            listener(False, protocol="HTTPS", defaultActions=FORWARD),
            listener(False, protocol="HTTP", defaultActions=REDIRECT),
            listener(True, protocol="HTTP", defaultActions=FORWARD),
            listener(False, protocol="TCP", defaultActions=FORWARD),
        ],
        bad=[
            listener(False, protocol="HTTP", defaultActions=FORWARD),
            listener(False, protocol="HTTP", defaultActions=[{"type": "redirect", "redirect": {"port": "8080"}}]),
        ],
        unknown=[
            listener(UNKNOWN, protocol="HTTP", defaultActions=FORWARD),
            listener(False, protocol="HTTP", defaultActions=UNKNOWN),
            res("lb/listener", protocol="HTTP", defaultActions=FORWARD, loadBalancerArn="arn:elsewhere"),
        ],
    ),
    cases(
        "internal-listener-https",
        ok=[listener(True, protocol="HTTPS"), listener(False, protocol="HTTP", defaultActions=FORWARD)],
        bad=[listener(True, protocol="HTTP", defaultActions=FORWARD)],
        unknown=[listener(True, protocol=UNKNOWN)],
    ),
    cases(
        "listener-tls-policy",
        ok=[res("lb/listener", protocol="HTTPS", sslPolicy=POLICY), res("lb/listener", protocol="HTTP")],
        bad=[
            res("lb/listener", protocol="HTTPS"),
            res("aws:alb/listener:Listener", protocol="TLS", sslPolicy="ELBSecurityPolicy-2016-08"),
        ],
        unknown=[res("lb/listener", protocol="HTTPS", sslPolicy=UNKNOWN)],
    ),
    cases(
        "cloudfront-https-only",
        ok=[distribution(defaultCacheBehavior={"viewerProtocolPolicy": "redirect-to-https"})],
        bad=[
            distribution(defaultCacheBehavior={"viewerProtocolPolicy": "allow-all"}),
            distribution(
                defaultCacheBehavior={"viewerProtocolPolicy": "https-only"},
                orderedCacheBehaviors=[{"viewerProtocolPolicy": "allow-all"}],
            ),
        ],
        unknown=[distribution(defaultCacheBehavior=UNKNOWN)],
    ),
    cases(
        "cloudfront-viewer-tls",
        ok=[distribution(viewerCertificate={"acmCertificateArn": "arn", "minimumProtocolVersion": "TLSv1.2_2021"})],
        bad=[
            distribution(viewerCertificate={"cloudfrontDefaultCertificate": True}),
            distribution(viewerCertificate={"acmCertificateArn": "arn", "minimumProtocolVersion": "TLSv1"}),
        ],
        unknown=[distribution(viewerCertificate=UNKNOWN)],
    ),
    cases(
        "cloudfront-origin-https",
        ok=[
            distribution(origins=[custom("https-only", ["TLSv1.2"])]),
            distribution(origins=[origin(originAccessControlId="E1")]),
            res("cloudfront/vpcOrigin", vpcOriginEndpointConfig={"originProtocolPolicy": "https-only"}),
        ],
        bad=[
            distribution(origins=[custom("http-only", ["TLSv1.2"])]),
            distribution(origins=[custom("https-only", ["TLSv1", "TLSv1.2"])]),
            res(
                "cloudfront/vpcOrigin",
                vpcOriginEndpointConfig={
                    "originProtocolPolicy": "https-only",
                    "originSslProtocols": {"items": ["SSLv3"], "quantity": 1},
                },
            ),
        ],
        unknown=[distribution(origins=[custom(UNKNOWN, ["TLSv1.2"])])],
    ),
    cases(
        "cloudfront-origin-access-control",
        ok=[
            distribution(origins=[origin(originAccessControlId="E1")]),
            distribution(origins=[custom("https-only", ["TLSv1.2"])]),
            distribution(origins=[origin(vpcOriginConfig={"vpcOriginId": "vo-1"})]),
        ],
        bad=[distribution(origins=[origin()])],
        unknown=[distribution(origins=UNKNOWN)],
    ),
    cases(
        "api-route-authorised",
        ok=[
            res("apigatewayv2/route", routeKey="GET /", authorizationType="JWT"),
            res("apigatewayv2/route", routeKey="OPTIONS /{proxy+}"),
        ],
        bad=[res("apigatewayv2/route", routeKey="$default")],
        unknown=[res("apigatewayv2/route", routeKey="GET /", authorizationType=UNKNOWN)],
    ),
    cases(
        "load-balancer-drops-invalid-headers",
        ok=[
            res("lb/loadBalancer", dropInvalidHeaderFields=True),
            res("lb/loadBalancer", loadBalancerType="network"),
        ],
        bad=[res("lb/loadBalancer")],
        unknown=[res("lb/loadBalancer", dropInvalidHeaderFields=UNKNOWN)],
    ),
    cases(
        "web-acl-has-rules",
        ok=[res("wafv2/webAcl", rules=[{"name": "managed", "priority": 0}])],
        bad=[res("wafv2/webAcl", rules=[])],
        unknown=[res("wafv2/webAcl", rules=UNKNOWN)],
    ),
]
