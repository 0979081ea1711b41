"""Customer-managed keys: where an organisation wants its own KMS key on everything that stores data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..buckets import is_log_bucket, satellites_of
from ..checks import KEY_TYPES, must_be_set, types_of
from ..model import Context, Outcome, Resource, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN, Node

KMS_ALGORITHMS = ("aws:kms", "aws:kms:dsse")


@dataclass(frozen=True, slots=True)
class Key:
    """The property that names a resource's key; `unless`: a property that makes the question moot; `sources`: those
    that name what the key is taken over from."""

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
        secure = ctx.at("type").text()
        if secure is UNKNOWN:
            yield undecided("type cannot be told")
        elif secure == "SecureString":
            yield from _named(ctx, ctx.at("keyId"))
        return
    for row in ROWS:
        if row.type == kind and not (row.unless and not ctx.at(row.unless).absent):
            yield from _inherited(ctx, row) or _named(ctx, ctx.at(row.path))


def _inherited(ctx: Context, row: Key) -> list[Outcome]:
    if not ctx.at(row.path).absent:
        return []
    named = [source for source in row.sources if not ctx.at(source).absent]
    return [undecided(f"{row.path} is taken over from what {source} names") for source in named]


def _named(ctx: Context, node: Node) -> Iterator[Outcome]:
    """A key is set and is not one that AWS manages (`alias/aws/…`)."""
    if isinstance(node.value, str) and "alias/aws/" in node.value:
        yield violation(f"{node.path} must name a key of one's own")
    else:
        yield from must_be_set(ctx, node, KEY_TYPES)


def _bucket(ctx: Context) -> Iterator[Outcome]:
    log = is_log_bucket(ctx.stack, ctx.resource)
    if log is True:
        return  # log delivery takes SSE-S3 only
    inline = ctx.at("serverSideEncryptionConfiguration")
    satellites = list(satellites_of(ctx.stack, ctx.resource, "s3/bucketServerSideEncryptionConfiguration"))
    if inline.absent and not satellites:
        word = undecided if log is UNKNOWN else violation
        yield word("the bucket has no encryption configuration that names a key")
    if not inline.absent:
        yield from _rule(ctx, ctx.resource, inline.at("rule"))
    for satellite, certain in satellites:
        for node in satellite.at("rules").items():
            outcomes = list(_rule(ctx, satellite, node))
            yield from outcomes if certain else [undecided(outcome.message) for outcome in outcomes]


def _rule(ctx: Context, owner: Resource, rule: Node) -> Iterator[Outcome]:
    default = rule.at("applyServerSideEncryptionByDefault")
    algorithm = default.at("sseAlgorithm").text("AES256")
    if algorithm is UNKNOWN:
        yield undecided(f"{owner.name}: {default.path}.sseAlgorithm cannot be told")
    elif algorithm not in KMS_ALGORITHMS:
        yield violation(f"{default.path}.sseAlgorithm must be aws:kms")
    else:
        yield from _named(Context(owner, ctx.params, ctx.stack), default.at("kmsMasterKeyId"))


RULES = (
    Rule(
        id="customer-managed-keys",
        title="Stored data is encrypted with a key of one's own",
        severity="low",
        controls=("FSBP S3.17", "FSBP Backup.1"),
        fix="Name a KMS key of one's own. Log-delivery buckets are left out: they take SSE-S3 only.",
        types=(*types_of(ROWS), "s3/bucket", "ssm/parameter"),
        check=_customer_key,
        baseline="disabled",
        strict="disabled",
        customer_keys=True,
        graph=True,
    ),
)
