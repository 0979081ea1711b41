"""Settings of the backup plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.regions import Region
from settings.types import TimeOfDay

__all__ = ["Backup", "CopyTo"]

# AWS Backup keeps what it has moved to cold storage for at least so long.
_COLD_AT_LEAST = 90

Days = Annotated[int, Field(ge=1, le=36500)]
ColdDays = Annotated[int, Field(ge=1, le=36410)]


class CopyTo(Model):
    """A copy of every recovery point in another region, in case the first is lost: the price of warm storage
    once more, about 0.02 USD a GB for the transfer, and 1 USD a month for its key."""

    region: Region
    """The other region, such as us-west-2; the account has it switched on. Changing it replaces vault and key there;
    AWS deletes no vault that holds copies."""
    keep_days: Days = 35
    """Days that a copy is kept."""
    cold_after_days: ColdDays | None = None
    """Days after which copies of file systems move to cold storage; by default never."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(_cold_faults(self.keep_days, self.cold_after_days))
        return self


class Backup(Model):
    """A daily AWS Backup plan; warm storage costs about 0.05 USD (EFS, S3) or 0.095 USD (RDS) a GB and month."""

    at: TimeOfDay = "06:30"
    """When it begins, in UTC; not within an hour before, or in, a database's own windows."""
    keep_days: Days = 35
    """Days that a recovery point is kept."""
    cold_after_days: ColdDays | None = None
    """Days after which a file system's recovery points move to cold storage, about 0.01 USD a GB and month; by
    default never. Databases have none."""
    copy_to: CopyTo | None = None
    """Another region to which every recovery point is copied; by default none."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(_cold_faults(self.keep_days, self.cold_after_days))
        return self


def _cold_faults(keep_days: int, cold_after_days: int | None) -> Iterator[Fault]:
    if cold_after_days is not None and keep_days < cold_after_days + _COLD_AT_LEAST:
        yield Fault(
            "keep_days",
            f"is {keep_days}, and cold storage keeps for {_COLD_AT_LEAST} days; write at least "
            f"{cold_after_days + _COLD_AT_LEAST}, or remove cold_after_days",
        )
