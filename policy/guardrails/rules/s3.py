"""S3 buckets: no public access, TLS only, versioning, and the encryption that log delivery supports."""

from __future__ import annotations

from collections.abc import Iterator

from ..bucket_configuration import BUCKETS, bucket_configuration, is_log_bucket
from ..checks import must_be
from ..documents import Statement, statements
from ..model import Context, Outcome, Rule, undecided, violation
from ..resource import Resource
from ..types import normalise
from ..values import UNKNOWN

FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
PUBLIC_ACLS = ("public-read", "public-read-write", "authenticated-read", "website")
PUBLIC_GROUPS = ("AllUsers", "AuthenticatedUsers")
KMS = ("aws:kms", "aws:kms:dsse")


def _blocked(ctx: Context) -> Iterator[Outcome]:
    blocks = list(bucket_configuration(ctx.stack, ctx.resource, "s3/bucketPublicAccessBlock"))
    if not blocks:
        account = list(ctx.stack.of("s3/accountPublicAccessBlock"))
        if account:
            yield from _flags(account[0])
        else:
            yield violation("the bucket has no aws:s3/bucketPublicAccessBlock")
    for block, certain in blocks:
        outcomes = list(_flags(block))
        if certain:
            yield from outcomes
            return
        yield undecided("the bucket of a public access block cannot be determined")


def _flags(block: Resource) -> Iterator[Outcome]:
    for flag in FLAGS:
        for outcome in must_be(block.at(flag), True, False):
            yield Outcome(outcome.verdict, f"{outcome.message} on {block.name}")


def _acl(ctx: Context) -> Iterator[Outcome]:
    acl = ctx.at("acl").text("private")
    if acl is UNKNOWN:
        yield undecided("acl cannot be determined")
    elif acl in PUBLIC_ACLS:
        yield violation("acl must not be public")
    grants = [(item, item.at("uri")) for item in ctx.at("grants").items()]
    grants += [(item, item.at("grantee.uri")) for item in ctx.at("accessControlPolicy.grants").items()]
    for grant, uri in grants:
        group = uri.text("")
        if group is UNKNOWN:
            yield undecided(f"{grant.path} cannot be determined")
        elif group.endswith(PUBLIC_GROUPS):
            yield violation(f"{grant.path} grants access to everyone")


def _tls_only(ctx: Context) -> Iterator[Outcome]:
    policies = list(bucket_configuration(ctx.stack, ctx.resource, "s3/bucketPolicy"))
    if not ctx.at("policy").absent:
        policies.append((ctx.resource, True))
    unclear = []
    for policy, certain in policies:
        policy_statements = statements(policy.at("policy"))
        if policy_statements is None or not certain:
            unclear.append(policy)
        elif any(_denies_plain_http(item) for item in policy_statements):
            return
        elif any(not item.known for item in policy_statements):
            unclear.append(policy)
    if unclear:
        yield undecided("the bucket's policy is not known yet, or is not valid JSON, so it may not deny plain HTTP")
    else:
        yield violation("no policy of the bucket denies requests where aws:SecureTransport is false")


def _denies_plain_http(item: Statement) -> bool:
    """Whether a statement denies all S3 actions to everyone without TLS, with no other condition."""
    if item.effect != "Deny" or not item.everyone or item.has_not_principal:
        return False
    if not {"*", "s3:*"} & {action.lower() for action in item.actions}:
        return False
    keys = [key.lower() for keyed in item.conditions.values() for key in keyed]
    without_tls = any(
        "false" in values for operator, values in item.condition("aws:SecureTransport") if operator.startswith("bool")
    )
    return without_tls and keys == ["aws:securetransport"]


def _versioned(ctx: Context) -> Iterator[Outcome]:
    if is_log_bucket(ctx.stack, ctx.resource) is not False:
        return
    inline = ctx.at("versioning.enabled").flag(False)
    if inline is True:
        return
    configurations = list(bucket_configuration(ctx.stack, ctx.resource, "s3/bucketVersioning"))
    statuses = [item.at("versioningConfiguration.status").text("") for item, _ in configurations]
    if UNKNOWN in (*statuses, inline) or any(not certain for _, certain in configurations):
        yield undecided("versioning of the bucket cannot be determined")
    elif "Enabled" not in statuses:
        yield violation("versioning of the bucket must be enabled")


def _log_bucket(ctx: Context) -> Iterator[Outcome]:
    """Load balancers, S3 and CloudFront cannot deliver logs to a bucket that encrypts with KMS."""
    if "Configuration" in normalise(ctx.resource.type):
        refs = ctx.stack.references(ctx.resource, "bucket", BUCKETS)
        buckets, path = [bucket for ref in refs for bucket in ref.candidates], "rules"
    else:
        buckets, path = [ctx.resource], "serverSideEncryptionConfiguration.rule"
    logs = [is_log_bucket(ctx.stack, bucket) for bucket in buckets]
    if not logs or set(logs) == {False}:
        return
    for rule in ctx.at(path).items():
        algorithm = rule.at("applyServerSideEncryptionByDefault.sseAlgorithm").text("AES256")
        if algorithm is UNKNOWN:
            yield undecided(f"{rule.path}: the algorithm of a log bucket cannot be determined")
        elif algorithm in KMS and set(logs) == {True}:
            yield violation(f"{rule.path}: the bucket receives logs and must use AES256")
        elif algorithm in KMS:
            yield undecided(f"{rule.path}: the bucket may receive logs, and log delivery requires AES256")


RULES = (
    Rule(
        id="s3-public-access-blocked",
        title="Buckets block public access",
        severity="critical",
        controls=("FSBP S3.1", "FSBP S3.8", "CIS 2.1.4"),
        fix="Add aws:s3/bucketPublicAccessBlock with all four flags set to true.",
        types=("s3/bucket",),
        check=_blocked,
        graph=True,
    ),
    Rule(
        id="s3-no-public-acl",
        title="Buckets and objects have no public ACL",
        severity="critical",
        controls=("FSBP S3.2", "FSBP S3.3"),
        fix="Set acl to private and grant access in a bucket policy.",
        types=("s3/bucket", "s3/bucketAcl", "s3/bucketObject", "s3/bucketObjectv2"),
        check=_acl,
    ),
    Rule(
        id="s3-tls-only",
        title="Buckets deny requests without TLS",
        severity="medium",
        controls=("FSBP S3.5", "CIS 2.1.1"),
        fix="In the bucket policy, deny s3:* to everyone where aws:SecureTransport is false.",
        types=("s3/bucket",),
        check=_tls_only,
        graph=True,
    ),
    Rule(
        id="s3-versioned",
        title="Buckets with data are versioned",
        severity="low",
        controls=("FSBP S3.14",),
        fix="Add aws:s3/bucketVersioning with status Enabled. Log buckets are exempt.",
        types=("s3/bucket",),
        check=_versioned,
        baseline="disabled",
        strict="advisory",
        graph=True,
    ),
    Rule(
        id="log-bucket-encryption",
        title="Log buckets use SSE-S3",
        severity="medium",
        fix="Use AES256: load balancers, S3 and CloudFront cannot write to a bucket that encrypts with KMS.",
        types=("s3/bucket", "s3/bucketServerSideEncryptionConfiguration"),
        check=_log_bucket,
        graph=True,
    ),
)
