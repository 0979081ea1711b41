"""Fixtures of the rules for edges, listeners and buckets."""

from policy.guardrails import UNKNOWN
from tests.policy.cases.data import ALB_LOGS, BUCKET, bucket_sse
from tests.policy.support import allow, cases, document, res

REDIRECT = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]
FORWARD = [{"type": "forward", "targetGroupArn": "arn:tg"}]
POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
BLOCKED = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}


def listener(internal, **inputs):
    alb = res("lb/loadBalancer", "alb", internal=internal)
    return [alb, res("lb/listener", loadBalancerArn=UNKNOWN, deps={"loadBalancerArn": [alb]}, **inputs)]


def distribution(**inputs):
    return res("cloudfront/distribution", **inputs)


def origin(**config):
    return {"originId": "app", "domainName": "app.example.com", **config}


def custom(policy, protocols):
    return origin(customOriginConfig={"originProtocolPolicy": policy, "originSslProtocols": protocols})


def of_bucket(kind, **inputs):
    return [BUCKET, res(kind, "satellite", deps={"bucket": [BUCKET]}, bucket=UNKNOWN, **inputs)]


def subject(kind, **inputs):
    return [BUCKET_B, res(kind, deps={"bucket": [BUCKET_B]}, bucket=UNKNOWN, **inputs), ALB_LOGS_B]


BUCKET_B = res("s3/bucket", "logs")
ALB_LOGS_B = res(
    "lb/loadBalancer", "alb", accessLogs={"bucket": UNKNOWN, "enabled": True}, deps={"accessLogs": [BUCKET_B]}
)
DENY_PLAIN = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
KMS_RULE = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}
AES_RULE = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}

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
            listener(
                False, protocol="HTTP", defaultActions=[{"type": "redirect", "redirect": {"port": "8080"}}]
            ),
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
        ok=[
            distribution(
                viewerCertificate={"acmCertificateArn": "arn", "minimumProtocolVersion": "TLSv1.2_2021"}
            )
        ],
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
    cases(
        "s3-public-access-blocked",
        ok=[
            of_bucket("s3/bucketPublicAccessBlock", **BLOCKED),
            [BUCKET, res("s3/accountPublicAccessBlock", "account", **BLOCKED)],
            [
                res("aws:s3/bucketV2:BucketV2", bucket="named"),
                res("s3/bucketPublicAccessBlock", "block", bucket="named", **BLOCKED),
            ],
        ],
        bad=[
            BUCKET,
            of_bucket("s3/bucketPublicAccessBlock", **{**BLOCKED, "blockPublicPolicy": False}),
            of_bucket("s3/bucketPublicAccessBlock"),
        ],
        unknown=[of_bucket("s3/bucketPublicAccessBlock", **{**BLOCKED, "blockPublicPolicy": UNKNOWN})],
    ),
    cases(
        "s3-no-public-acl",
        ok=[
            res("s3/bucket"),
            res("s3/bucketAcl", acl="private"),
            res("s3/bucketObjectv2", acl="bucket-owner-full-control"),
        ],
        bad=[
            res("s3/bucket", acl="public-read"),
            res("s3/bucketAcl", acl="public-read-write"),
            res("s3/bucketObject", acl="public-read"),
            res("s3/bucketObjectv2", acl="authenticated-read"),
            res(
                "s3/bucket",
                grants=[{"uri": "http://acs.amazonaws.com/groups/global/AllUsers", "permissions": ["READ"]}],
            ),
        ],
        unknown=[res("s3/bucketAcl", acl=UNKNOWN)],
    ),
    cases(
        "s3-tls-only",
        ok=[
            of_bucket("s3/bucketPolicy", policy=document(DENY_PLAIN)),
            res(
                "s3/bucket",
                policy=document(allow("s3:GetObject", Principal={"AWS": "111122223333"}), DENY_PLAIN),
            ),
        ],
        bad=[
            BUCKET,
            of_bucket("s3/bucketPolicy", policy=document(allow("s3:GetObject", Principal="*"))),
            of_bucket("s3/bucketPolicy", policy=document({**DENY_PLAIN, "Action": "s3:PutObject"})),
            of_bucket(
                "s3/bucketPolicy", policy=document({**DENY_PLAIN, "Principal": {"AWS": "111122223333"}})
            ),
        ],
        unknown=[of_bucket("s3/bucketPolicy", policy=UNKNOWN)],
    ),
    cases(
        "s3-versioned",
        ok=[
            of_bucket("s3/bucketVersioning", versioningConfiguration={"status": "Enabled"}),
            res("s3/bucket", versioning={"enabled": True}),
            [BUCKET, ALB_LOGS],
        ],
        bad=[BUCKET, of_bucket("s3/bucketVersioning", versioningConfiguration={"status": "Suspended"})],
        unknown=[of_bucket("s3/bucketVersioning", versioningConfiguration=UNKNOWN)],
    ),
    cases(
        "log-bucket-encryption",
        ok=[
            subject("s3/bucketServerSideEncryptionConfiguration", rules=[AES_RULE]),
            [BUCKET, bucket_sse("AES256"), ALB_LOGS],
            res("s3/bucketServerSideEncryptionConfiguration", bucket="other", rules=[KMS_RULE]),
        ],
        bad=[
            subject("s3/bucketServerSideEncryptionConfiguration", rules=[KMS_RULE]),
            [
                res("s3/bucket", serverSideEncryptionConfiguration={"rule": KMS_RULE}),
                ALB_LOGS,
            ],
        ],
        unknown=[subject("s3/bucketServerSideEncryptionConfiguration", rules=UNKNOWN)],
    ),
]
