"""Resource policies: no wildcard principal without a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..checks import Property, types_of
from ..documents import statements
from ..model import Context, Outcome, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN

DOCUMENTS = (
    Property("s3/bucketPolicy", "policy"),
    Property("s3/bucket", "policy"),
    Property("s3/vectorsVectorBucketPolicy", "policy"),
    Property("sqs/queuePolicy", "policy"),
    Property("sqs/queue", "policy"),
    Property("sns/topicPolicy", "policy"),
    Property("sns/topic", "policy"),
    Property("ecr/repositoryPolicy", "policy"),
    Property("kms/key", "policy"),
    Property("kms/keyPolicy", "policy"),
    Property("secretsmanager/secretPolicy", "policy"),
    Property("secretsmanager/secret", "policy"),
    Property("efs/fileSystemPolicy", "policy"),
    Property("backup/vaultPolicy", "policy"),
    Property("opensearch/domain", "accessPolicies"),
    Property("opensearch/domainPolicy", "accessPolicies"),
    Property("cloudwatch/eventBusPolicy", "policy"),
    Property("cloudwatch/logResourcePolicy", "policyDocument"),
)


def _no_wildcard(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "lambda/permission":
        yield from _permission(ctx)
        return
    guarded = _guarded_search(ctx) if kind == "opensearch/domain" else False
    if guarded is True:
        return
    for row in DOCUMENTS:
        if row.type != kind:
            continue
        node = ctx.at(row.path)
        policy_statements = statements(node)
        if policy_statements is None:
            yield undecided(f"{node.path} is not known yet, or is not valid JSON")
            continue
        for item in policy_statements:
            if item.allows and item.everyone and not item.narrowed:
                outcome = violation if item.known and guarded is False else undecided
                yield outcome(f"{item.path} allows any principal without a condition that restricts it")
            elif not item.known:
                yield undecided(f"{item.path} cannot be determined")


def _guarded_search(ctx: Context) -> Any:
    """AWS recommends an open access policy for a domain in a VPC with fine-grained access control."""
    fine_grained = ctx.at("advancedSecurityOptions.enabled").flag(False)
    if ctx.at("vpcOptions").absent:
        return False
    return UNKNOWN if ctx.at("vpcOptions").unknown else fine_grained


def _permission(ctx: Context) -> Iterator[Outcome]:
    principal = ctx.at("principal").text("")
    narrowing = ("sourceArn", "sourceAccount", "principalOrgId")
    narrowed = any(not ctx.at(name).absent for name in narrowing)
    if principal is UNKNOWN and not narrowed:
        yield undecided("principal cannot be determined")
    elif principal == "*" and not narrowed and ctx.at("functionUrlAuthType").text("") != "AWS_IAM":
        yield violation("principal is a wildcard without sourceArn, sourceAccount or principalOrgId")


RULES = (
    Rule(
        id="no-wildcard-principal",
        title="Resource policies do not allow everyone",
        severity="critical",
        controls=(
            "FSBP S3.2",
            "FSBP SNS.4",
            "FSBP SQS.3",
            "FSBP KMS.5",
            "FSBP Lambda.1",
            "FSBP OpenSearch.2",
        ),
        fix="Name the principals, or add a condition on aws:SourceAccount or aws:PrincipalOrgID.",
        types=(*types_of(DOCUMENTS), "lambda/permission"),
        check=_no_wildcard,
    ),
)
