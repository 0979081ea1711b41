"""Fixtures of the rules for buckets."""

from policy.guardrails import UNKNOWN
from tests.policy.cases.encryption import ALB_LOGS, BUCKET, bucket_sse
from tests.policy.support import allow, cases, document, res

BLOCKED = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}


def of_bucket(kind, **inputs):
    return [BUCKET, res(kind, "configuration", deps={"bucket": [BUCKET]}, bucket=UNKNOWN, **inputs)]


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
# A program that wants the policy first names the bucket through it; before the first `up` both are unknown.
LOG_POLICY = res("s3/bucketPolicy", "policy", bucket=UNKNOWN, policy=UNKNOWN, deps={"bucket": [BUCKET_B]})
NAMED_THROUGH_ITS_POLICY = [
    BUCKET_B,
    LOG_POLICY,
    res("lb/loadBalancer", "alb", accessLogs={"bucket": UNKNOWN, "enabled": True}, deps={"accessLogs": [LOG_POLICY]}),
    res("s3/bucketServerSideEncryptionConfiguration", deps={"bucket": [BUCKET_B]}, bucket=UNKNOWN, rules=[KMS_RULE]),
]

CASES = [
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
            of_bucket("s3/bucketPolicy", policy=document({**DENY_PLAIN, "Principal": {"AWS": "111122223333"}})),
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
            NAMED_THROUGH_ITS_POLICY,
        ],
        unknown=[subject("s3/bucketServerSideEncryptionConfiguration", rules=UNKNOWN)],
    ),
]
