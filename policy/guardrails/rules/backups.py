"""Backups: stateful resources can be restored to a point in time."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, at_least, judge_rows, types_of
from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..types import normalise

TABLES = (Flag("dynamodb/table", "pointInTimeRecovery.enabled"),)
DAYS = Param(
    name="days",
    kind="integer",
    default=1,
    doc="minimum days that automated backups are kept",
    profiles={"strict": 7, "require-cmk": 7, "fsbp": 7},
)


def _database(ctx: Context) -> Iterator[Outcome]:
    if not ctx.at("replicateSourceDb").absent or not ctx.at("replicationSourceIdentifier").absent:
        return  # a replica is covered by the backups of its source
    default = 0 if normalise(ctx.resource.type) == "rds/instance" else 1
    yield from at_least(ctx.at("backupRetentionPeriod"), ctx.params["days"], default)


def _cache(ctx: Context) -> Iterator[Outcome]:
    yield from at_least(ctx.at("snapshotRetentionLimit"), 1, 0)


def _file_system(ctx: Context) -> Iterator[Outcome]:
    policies = list(ctx.stack.of("efs/backupPolicy"))
    for policy in policies:
        for ref in ctx.stack.references(policy, "fileSystemId", ("efs/fileSystem",)):
            if ctx.resource in ref.candidates and policy.at("backupPolicy.status").text("") == "ENABLED":
                return
    for selection in ctx.stack.of("backup/selection"):
        if ctx.resource in ctx.stack.sources(selection, "resources", ("efs/fileSystem",)):
            return
        selected = [item.value for item in selection.at("resources").items() if isinstance(item.value, str)]
        if any(ctx.stack.named(value, ("efs/fileSystem",)) is ctx.resource for value in selected):
            return
        if selection.at("selectionTags").items() or any("*" in value for value in selected):
            yield undecided(f"{selection.name} may select the file system by its tags or by a pattern")
            return
    yield violation("the file system has no aws:efs/backupPolicy and no backup selection")


RULES = (
    Rule(
        id="rds-backups",
        title="Databases keep automated backups",
        severity="high",
        controls=("FSBP RDS.11",),
        fix="Set backupRetentionPeriod.",
        types=("rds/instance", "rds/cluster"),
        check=_database,
        params=(DAYS,),
        baseline="advisory",
    ),
    Rule(
        id="dynamodb-point-in-time-recovery",
        title="DynamoDB tables can be restored to a point in time",
        severity="medium",
        controls=("FSBP DynamoDB.2",),
        fix="Set pointInTimeRecovery.enabled to true.",
        types=types_of(TABLES),
        check=judge_rows(TABLES),
        baseline="advisory",
    ),
    Rule(
        id="elasticache-backups",
        title="ElastiCache keeps automatic snapshots",
        severity="low",
        controls=("FSBP ElastiCache.1",),
        fix="Set snapshotRetentionLimit to one day or more.",
        types=("elasticache/replicationGroup", "elasticache/serverlessCache"),
        check=_cache,
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="efs-backups",
        title="EFS file systems are backed up",
        severity="low",
        controls=("FSBP EFS.2",),
        fix="Add aws:efs/backupPolicy with status ENABLED, or select the file system in a backup plan.",
        types=("efs/fileSystem",),
        check=_file_system,
        baseline="disabled",
        strict="advisory",
        graph=True,
    ),
)
