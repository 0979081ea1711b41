"""Customer-managed keys: for organisations that require their own KMS key for all stored data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..bucket_configuration import bucket_configuration, is_log_bucket
from ..checks import KEY_TYPES, must_be_set, types_of
from ..model import Context, Outcome, Rule, undecided, violation
from ..resource import Resource
from ..types import normalise
from ..values import UNKNOWN, Node

KMS_ALGORITHMS = ("aws:kms", "aws:kms:dsse")


@dataclass(frozen=True, slots=True)
class Key:
    """The property that names a resource's key.

    `unless`: a property with which the resource has no key of its own; `sources`: properties that name what the key is
    inherited from.
    """

    type: str
    path: str
    unless: str = ""
    sources: tuple[str, ...] = ()


ROWS = (
    Key(
        "rds/instance",
        "kmsKeyId",
        unless="replicateSourceDb",
        sources=("snapshotIdentifier", "restoreToPointInTime"),
    ),
    Key("rds/cluster", "kmsKeyId", unless="replicationSourceIdentifier"),
    Key("elasticache/replicationGroup", "kmsKeyId", unless="globalReplicationGroupId"),
    Key("elasticache/serverlessCache", "kmsKeyId"),
    Key("dynamodb/table", "serverSideEncryption.kmsKeyArn"),
    Key("opensearch/domain", "encryptAtRest.kmsKeyId"),
    Key("efs/fileSystem", "kmsKeyId"),
    Key("ebs/volume", "kmsKeyId"),
    Key("backup/vault", "kmsKeyArn"),
    Key("secretsmanager/secret", "kmsKeyId"),
    Key("sns/topic", "kmsMasterKeyId"),
    Key("sqs/queue", "kmsMasterKeyId"),
    Key("cloudwatch/logGroup", "kmsKeyId"),
    Key("ecr/repository", "encryptionConfigurations[0].kmsKey"),
    Key("eks/cluster", "encryptionConfig.provider.keyArn"),
    Key("lambda/function", "kmsKeyArn"),
    Key("bedrock/agentAgent", "customerEncryptionKeyArn"),
    Key("s3/vectorsVectorBucket", "encryptionConfigurations[0].kmsKeyArn"),
)


def _customer_key(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "s3/bucket":
        yield from _bucket(ctx)
        return
    if kind == "ssm/parameter":
        parameter_type = ctx.at("type").text()
        if parameter_type is UNKNOWN:
            yield undecided("type cannot be determined")
        elif parameter_type == "SecureString":
            yield from _own_key(ctx, ctx.at("keyId"))
        return
    for row in ROWS:
        if row.type == kind and not (row.unless and not ctx.at(row.unless).absent):
            yield from _inherited(ctx, row) or _own_key(ctx, ctx.at(row.path))


def _inherited(ctx: Context, row: Key) -> list[Outcome]:
    if not ctx.at(row.path).absent:
        return []
    set_sources = [source for source in row.sources if not ctx.at(source).absent]
    return [undecided(f"{row.path} is inherited from the source in {source}") for source in set_sources]


def _own_key(ctx: Context, node: Node) -> Iterator[Outcome]:
    """The key must be set and not be an AWS-managed one (`alias/aws/…`)."""
    if isinstance(node.value, str) and "alias/aws/" in node.value:
        yield violation(f"{node.path} must name a customer-managed key")
    else:
        yield from must_be_set(ctx, node, KEY_TYPES)


def _bucket(ctx: Context) -> Iterator[Outcome]:
    log_bucket = is_log_bucket(ctx.stack, ctx.resource)
    if log_bucket is True:
        return  # log delivery supports SSE-S3 only
    inline = ctx.at("serverSideEncryptionConfiguration")
    configurations = list(bucket_configuration(ctx.stack, ctx.resource, "s3/bucketServerSideEncryptionConfiguration"))
    if inline.absent and not configurations:
        outcome = undecided if log_bucket is UNKNOWN else violation
        yield outcome("the bucket has no encryption configuration that names a key")
    if not inline.absent:
        yield from _rule(ctx, ctx.resource, inline.at("rule"))
    for configuration, certain in configurations:
        for node in configuration.at("rules").items():
            outcomes = list(_rule(ctx, configuration, node))
            yield from outcomes if certain else [undecided(outcome.message) for outcome in outcomes]


def _rule(ctx: Context, owner: Resource, rule: Node) -> Iterator[Outcome]:
    default = rule.at("applyServerSideEncryptionByDefault")
    algorithm = default.at("sseAlgorithm").text("AES256")
    if algorithm is UNKNOWN:
        yield undecided(f"{owner.name}: {default.path}.sseAlgorithm cannot be determined")
    elif algorithm not in KMS_ALGORITHMS:
        yield violation(f"{default.path}.sseAlgorithm must be aws:kms")
    else:
        yield from _own_key(Context(owner, ctx.params, ctx.stack), default.at("kmsMasterKeyId"))


RULES = (
    Rule(
        id="customer-managed-keys",
        title="Stored data is encrypted with a customer-managed key",
        severity="low",
        controls=("FSBP S3.17", "FSBP Backup.1"),
        fix="Set a customer-managed KMS key. Log buckets are exempt: log delivery supports SSE-S3 only.",
        types=(*types_of(ROWS), "s3/bucket", "ssm/parameter"),
        check=_customer_key,
        baseline="disabled",
        strict="disabled",
        customer_keys=True,
        graph=True,
    ),
)
