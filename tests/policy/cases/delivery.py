"""Fixtures of the rules for edges, listeners and buckets."""

from policy.guardrails import UNKNOWN
from tests.policy.cases.data import ALB_LOGS, BUCKET, bucket_sse
from tests.policy.support import R, allow, cases, document

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
    alb = R("lb/loadBalancer", "alb", internal=internal)
    return [alb, R("lb/listener", loadBalancerArn=UNKNOWN, deps={"loadBalancerArn": [alb]}, **inputs)]


def distribution(**inputs):
    return R("cloudfront/distribution", **inputs)


def origin(**config):
    return {"originId": "app", "domainName": "app.example.com", **config}


def custom(policy, protocols):
    return origin(customOriginConfig={"originProtocolPolicy": policy, "originSslProtocols": protocols})


def of_bucket(kind, *, prop="bucket", **inputs):
    return [BUCKET, R(kind, "satellite", deps={prop: [BUCKET]}, **{prop: UNKNOWN}, **inputs)]


def subject(kind, **inputs):
    return [BUCKET_B, R(kind, deps={"bucket": [BUCKET_B]}, bucket=UNKNOWN, **inputs), ALB_LOGS_B]


BUCKET_B = R("s3/bucket", "logs")
ALB_LOGS_B = R(
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
            R("lb/listener", protocol="HTTP", defaultActions=FORWARD, loadBalancerArn="arn:elsewhere"),
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
        ok=[R("lb/listener", protocol="HTTPS", sslPolicy=POLICY), R("lb/listener", protocol="HTTP")],
        bad=[
            R("lb/listener", protocol="HTTPS"),
            R("aws:alb/listener:Listener", protocol="TLS", sslPolicy="ELBSecurityPolicy-2016-08"),
        ],
        unknown=[R("lb/listener", protocol="HTTPS", sslPolicy=UNKNOWN)],
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
            R("cloudfront/vpcOrigin", vpcOriginEndpointConfig={"originProtocolPolicy": "https-only"}),
        ],
        bad=[
            distribution(origins=[custom("http-only", ["TLSv1.2"])]),
            distribution(origins=[custom("https-only", ["TLSv1", "TLSv1.2"])]),
            R(
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
            R("apigatewayv2/route", routeKey="GET /", authorizationType="JWT"),
            R("apigatewayv2/route", routeKey="OPTIONS /{proxy+}"),
        ],
        bad=[R("apigatewayv2/route", routeKey="$default")],
        unknown=[R("apigatewayv2/route", routeKey="GET /", authorizationType=UNKNOWN)],
    ),
    cases(
        "load-balancer-drops-invalid-headers",
        ok=[
            R("lb/loadBalancer", dropInvalidHeaderFields=True),
            R("lb/loadBalancer", loadBalancerType="network"),
        ],
        bad=[R("lb/loadBalancer")],
        unknown=[R("lb/loadBalancer", dropInvalidHeaderFields=UNKNOWN)],
    ),
    cases(
        "web-acl-has-rules",
        ok=[R("wafv2/webAcl", rules=[{"name": "managed", "priority": 0}])],
        bad=[R("wafv2/webAcl", rules=[])],
        unknown=[R("wafv2/webAcl", rules=UNKNOWN)],
    ),
    cases(
        "s3-public-access-blocked",
        ok=[
            of_bucket("s3/bucketPublicAccessBlock", **BLOCKED),
            [BUCKET, R("s3/accountPublicAccessBlock", "account", **BLOCKED)],
            [
                R("aws:s3/bucketV2:BucketV2", bucket="named"),
                R("s3/bucketPublicAccessBlock", "block", bucket="named", **BLOCKED),
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
            R("s3/bucket"),
            R("s3/bucketAcl", acl="private"),
            R("s3/bucketObjectv2", acl="bucket-owner-full-control"),
        ],
        bad=[
            R("s3/bucket", acl="public-read"),
            R("s3/bucketAcl", acl="public-read-write"),
            R("s3/bucketObject", acl="public-read"),
            R("s3/bucketObjectv2", acl="authenticated-read"),
            R(
                "s3/bucket",
                grants=[{"uri": "http://acs.amazonaws.com/groups/global/AllUsers", "permissions": ["READ"]}],
            ),
        ],
        unknown=[R("s3/bucketAcl", acl=UNKNOWN)],
    ),
    cases(
        "s3-tls-only",
        ok=[
            of_bucket("s3/bucketPolicy", policy=document(DENY_PLAIN)),
            R(
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
            R("s3/bucket", versioning={"enabled": True}),
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
            R("s3/bucketServerSideEncryptionConfiguration", bucket="other", rules=[KMS_RULE]),
        ],
        bad=[
            subject("s3/bucketServerSideEncryptionConfiguration", rules=[KMS_RULE]),
            [
                R("s3/bucket", serverSideEncryptionConfiguration={"rule": KMS_RULE}),
                ALB_LOGS,
            ],
        ],
        unknown=[subject("s3/bucketServerSideEncryptionConfiguration", rules=UNKNOWN)],
    ),
]
