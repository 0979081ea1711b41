"""Encryption at rest: the properties that decide whether stored data is encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import KEY_TYPES, Flag, judge_rows, must_be, must_be_set, set_flag, types_of
from ..model import Context, Outcome, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN, Node

OPENSEARCH = (Flag("opensearch/domain", "encryptAtRest.enabled"),)
EFS = (Flag("efs/fileSystem", "encrypted"),)
KEYLESS_QUEUE = "sqsManagedSseEnabled"


def _rds(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("storageEncrypted")
    sources = (
        "replicateSourceDb",
        "replicationSourceIdentifier",
        "snapshotIdentifier",
        "globalClusterIdentifier",
    )
    if node.absent:
        for source in sources:
            if ctx.at(source).absent:
                continue
            references = ctx.stack.references(
                ctx.resource, source, ("rds/instance", "rds/cluster", "rds/globalCluster")
            )
            if not any(ref.candidates for ref in references):
                yield undecided(f"storageEncrypted is inherited from {source}, which is outside the stack")
            return  # the source has its own finding
    mode = ctx.at("engineMode").text("provisioned")
    if node.absent and mode is UNKNOWN:
        yield undecided("engineMode, which decides the default of storageEncrypted, cannot be determined")
        return
    yield from must_be(node, True, mode == "serverless")


def _replication_group(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("atRestEncryptionEnabled")
    engine = ctx.at("engine").text("redis")
    if node.absent and engine is UNKNOWN:
        yield undecided("engine, which decides the default of atRestEncryptionEnabled, cannot be determined")
        return
    if node.absent and not ctx.at("globalReplicationGroupId").absent:
        yield undecided("atRestEncryptionEnabled is inherited from the global replication group")
        return
    yield from must_be(node, True, engine == "valkey")


def _volume(ctx: Context) -> Iterator[Outcome]:
    """EBS: the volume's own flag, or the account's default where the stack enables it."""
    kind = normalise(ctx.resource.type)
    for node, inherits in _volume_flags(ctx, kind):
        if node.absent and _account_default(ctx):
            continue
        if node.absent and inherits:
            yield undecided(f"{node.path} is inherited from a snapshot")
        else:
            yield from must_be(node, True, False)


def _volume_flags(ctx: Context, kind: str) -> Iterator[tuple[Node, bool]]:
    if kind == "ebs/volume":
        yield ctx.at("encrypted"), not ctx.at("snapshotId").absent
    elif kind == "ec2/launchTemplate":
        mappings = ctx.at("blockDeviceMappings")
        disks = [item.at("ebs") for item in mappings.items() if item.unknown or not item.at("ebs").absent]
        if not disks:
            yield ctx.at("blockDeviceMappings[0].ebs.encrypted"), False
        for disk in disks:
            yield disk.at("encrypted"), not disk.at("snapshotId").absent
    else:
        template = not ctx.at("launchTemplate").absent
        if not (template and ctx.at("rootBlockDevice").absent):
            yield ctx.at("rootBlockDevice.encrypted"), False
        for disk in ctx.at("ebsBlockDevices").items():
            yield disk.at("encrypted"), not disk.at("snapshotId").absent


def _account_default(ctx: Context) -> bool:
    return any(item.at("enabled").flag(True) is True for item in ctx.stack.of("ebs/encryptionByDefault"))


def _queue(ctx: Context) -> Iterator[Outcome]:
    if ctx.at("kmsMasterKeyId").absent:
        yield from must_be(ctx.at(KEYLESS_QUEUE), True, True)


def _topic(ctx: Context) -> Iterator[Outcome]:
    yield from must_be_set(ctx, ctx.at("kmsMasterKeyId"), KEY_TYPES)


def _eks_secrets(ctx: Context) -> Iterator[Outcome]:
    yield from must_be_set(ctx, ctx.at("encryptionConfig.provider.keyArn"), KEY_TYPES)
    resources = ctx.at("encryptionConfig.resources")
    kinds = [item.text("") for item in resources.items()]
    if "secrets" not in kinds and not ctx.at("encryptionConfig").absent:
        yield (undecided if UNKNOWN in kinds else violation)(f"{resources.path} must include secrets")


def _rotation(ctx: Context) -> Iterator[Outcome]:
    spec = ctx.at("customerMasterKeySpec").text("SYMMETRIC_DEFAULT")
    usage = ctx.at("keyUsage").text("ENCRYPT_DECRYPT")
    if UNKNOWN in (spec, usage):
        yield undecided("customerMasterKeySpec or keyUsage cannot be determined")
    elif spec == "SYMMETRIC_DEFAULT" and usage == "ENCRYPT_DECRYPT" and ctx.at("customKeyStoreId").absent:
        yield from must_be(ctx.at("enableKeyRotation"), True, False)


RULES = (
    Rule(
        id="rds-storage-encrypted",
        title="RDS instances and clusters are encrypted at rest",
        severity="high",
        controls=("FSBP RDS.3", "FSBP RDS.27", "CIS 2.2.1"),
        fix="Set storageEncrypted to true; restore an existing database from an encrypted snapshot copy.",
        types=("rds/instance", "rds/cluster"),
        check=_rds,
        graph=True,
    ),
    Rule(
        id="elasticache-encrypted-at-rest",
        title="ElastiCache replication groups are encrypted at rest",
        severity="high",
        controls=("FSBP ElastiCache.4",),
        fix="Set atRestEncryptionEnabled to true; the replication group is replaced.",
        types=("elasticache/replicationGroup",),
        check=_replication_group,
    ),
    Rule(
        id="opensearch-encrypted-at-rest",
        title="OpenSearch domains are encrypted at rest",
        severity="high",
        controls=("FSBP OpenSearch.1", "FSBP ES.1"),
        fix="Set encryptAtRest.enabled to true.",
        types=types_of(OPENSEARCH),
        check=judge_rows(OPENSEARCH),
    ),
    Rule(
        id="efs-encrypted",
        title="EFS file systems are encrypted at rest",
        severity="high",
        controls=("FSBP EFS.1", "CIS 2.3.1"),
        fix="Set encrypted to true; the file system is replaced.",
        types=types_of(EFS),
        check=judge_rows(EFS),
        remediate=set_flag("encrypted", True),
    ),
    Rule(
        id="ebs-encrypted",
        title="EBS volumes are encrypted, including those of instances and launch templates",
        severity="high",
        controls=("FSBP EC2.3", "FSBP EC2.7", "CIS 5.1.1"),
        fix="Set encrypted to true on each block device, or manage aws:ebs/encryptionByDefault in the stack.",
        types=("ebs/volume", "ec2/instance", "ec2/launchTemplate"),
        check=_volume,
        graph=True,
    ),
    Rule(
        id="sqs-encrypted",
        title="SQS queues are encrypted at rest",
        severity="medium",
        controls=("FSBP SQS.1",),
        fix="Remove sqsManagedSseEnabled: false, or set kmsMasterKeyId.",
        types=("sqs/queue",),
        check=_queue,
        remediate=set_flag(KEYLESS_QUEUE, True, ("kmsMasterKeyId",)),
    ),
    Rule(
        id="sns-encrypted",
        title="SNS topics are encrypted at rest",
        severity="medium",
        controls=("FSBP SNS.1",),
        fix="Set kmsMasterKeyId to a key whose policy allows the services that publish to the topic.",
        types=("sns/topic",),
        check=_topic,
        graph=True,
    ),
    Rule(
        id="eks-secrets-encrypted",
        title="EKS encrypts Kubernetes secrets with a KMS key",
        severity="high",
        controls=("FSBP EKS.3",),
        fix="Set encryptionConfig with a key and resources: [secrets].",
        types=("eks/cluster",),
        check=_eks_secrets,
        graph=True,
    ),
    Rule(
        id="kms-key-rotation",
        title="Symmetric KMS keys are rotated automatically",
        severity="medium",
        controls=("FSBP KMS.4", "CIS 3.6"),
        fix="Set enableKeyRotation to true.",
        types=("kms/key",),
        check=_rotation,
        remediate=set_flag("enableKeyRotation", True, ("customerMasterKeySpec", "keyUsage", "customKeyStoreId")),
    ),
)
