"""Where a restored database comes from."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from settings.model import Fault, Model, refuse
from settings.regions import own_partition

__all__ = ["PointInTime", "RestoreFrom"]

# A name, one of RDS's own (`rds:…`), of AWS Backup's (`awsbackup:…`), or the ARN of either.
_SNAPSHOT = re.compile(
    r"(arn:aws:rds:(?P<region>[a-z0-9-]+):\d{12}:snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]{0,254}"
)
_INSTANCE = re.compile(r"[a-z](-?[a-z0-9])*|db-[A-Z0-9]{20,30}|arn:aws:rds:[a-z0-9-]+:\d{12}:auto-backup:\S+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class PointInTime(Model):
    """A moment of another instance, within the days for which that one keeps backups."""

    source: Annotated[str, AfterValidator(own_partition)]
    """The instance by its identifier; one that is deleted by its resource id (`db-…`), or the ARN of the automated
    backup that it left."""
    at: str = "latest"
    """The moment in UTC, such as 2026-11-20T12:00:00Z, or `latest`, some five minutes ago."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = []
        if not _INSTANCE.fullmatch(self.source):
            faults.append(
                Fault(
                    "source",
                    f"{self.source!r} is not an RDS instance; write its identifier, its resource id (db-…), or the ARN "
                    "of an automated backup",
                )
            )
        if self.at != "latest" and not _is_moment(self.at):
            faults.append(
                Fault(
                    "at",
                    f'{self.at!r} is not a moment in UTC; write one like "2026-11-20T12:00:00Z", in quotes, or latest',
                )
            )
        refuse(faults)
        return self


class RestoreFrom(Model):
    """What a database is created from. It has an effect only when the instance is created: give the database a new
    name, and leave this where it is."""

    snapshot: Annotated[str, Field(max_length=400), AfterValidator(own_partition)] | None = None
    """An encrypted snapshot of the stack's region, by name or ARN; the database keeps its key."""
    point_in_time: PointInTime | None = None
    """A moment of an instance that has automated backups."""

    @property
    def snapshot_region(self) -> str | None:
        """The region of a snapshot that is named by its ARN."""
        match = _SNAPSHOT.fullmatch(self.snapshot or "")
        return match["region"] if match else None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.snapshot is None) == (self.point_in_time is None):
            refuse([Fault("", "needs exactly one of snapshot and point_in_time; keep or write one")])
        if self.snapshot is not None and not _SNAPSHOT.fullmatch(self.snapshot):
            refuse(
                [
                    Fault(
                        "snapshot",
                        f"{self.snapshot[:80]!r} is not a snapshot of an instance; write its name, or an ARN like "
                        "arn:aws:rds:us-east-1:123456789012:snapshot:…",
                    )
                ]
            )
        return self


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True
