"""Deletion: no single command deletes stored data for good."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Switch, judge_rows, must_be, types_of
from ..model import Context, Outcome, Rule, undecided, violation
from ..values import UNKNOWN

PROTECTED = (
    Flag("rds/instance", "deletionProtection"),
    Flag("rds/cluster", "deletionProtection"),
    Flag("dynamodb/table", "deletionProtectionEnabled"),
    Flag("lb/loadBalancer", "enableDeletionProtection"),
    Flag("eks/cluster", "deletionProtection"),
    Switch("cognito/userPool", "deletionProtection", ("ACTIVE",), default="INACTIVE"),
)
FORCED = (
    Flag("s3/bucket", "forceDestroy", want=False),
    Flag("s3/vectorsVectorBucket", "forceDestroy", want=False),
    Flag("ecr/repository", "forceDelete", want=False),
    Flag("backup/vault", "forceDestroy", want=False),
)


def _final_snapshot(ctx: Context) -> Iterator[Outcome]:
    if ctx.at("replicateSourceDb").absent:
        yield from must_be(ctx.at("skipFinalSnapshot"), False, False)


def _recovery_window(ctx: Context) -> Iterator[Outcome]:
    days = ctx.at("recoveryWindowInDays").number(30)
    if days is UNKNOWN:
        yield undecided("recoveryWindowInDays cannot be determined")
    elif days == 0:
        yield violation("recoveryWindowInDays must not be 0: a deleted secret could not be restored")


RULES = (
    Rule(
        id="deletion-protection",
        title="Databases, user pools, clusters and load balancers are protected from deletion",
        severity="medium",
        controls=("FSBP RDS.7", "FSBP RDS.8", "FSBP DynamoDB.6", "FSBP ELB.6"),
        fix="Enable deletion protection.",
        types=types_of(PROTECTED),
        check=judge_rows(PROTECTED),
        baseline="disabled",
    ),
    Rule(
        id="final-snapshot",
        title="A database is deleted with a final snapshot",
        severity="medium",
        fix="Set skipFinalSnapshot to false and set finalSnapshotIdentifier.",
        types=("rds/instance", "rds/cluster"),
        check=_final_snapshot,
        baseline="disabled",
    ),
    Rule(
        id="no-forced-deletion",
        title="Buckets, repositories and vaults are not deleted with their contents",
        severity="medium",
        fix="Remove forceDestroy and forceDelete, or set them to false.",
        types=types_of(FORCED),
        check=judge_rows(FORCED),
        baseline="disabled",
    ),
    Rule(
        id="secret-recovery-window",
        title="Deleted secrets can be restored",
        severity="medium",
        fix="Set recoveryWindowInDays to 7 or more.",
        types=("secretsmanager/secret",),
        check=_recovery_window,
        baseline="disabled",
    ),
)
