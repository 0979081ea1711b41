"""Settings of the backup plan."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import TimeOfDay

__all__ = ["Backup"]

# AWS Backup keeps what it has moved to cold storage for at least so long.
_COLD_AT_LEAST = 90


class Backup(Model):
    """A daily AWS Backup plan; warm storage costs about 0.05 USD (EFS, S3) or 0.095 USD (RDS) a GB and month."""

    at: TimeOfDay = "06:30"
    """When it begins, in UTC; not within an hour before, or in, a database's own windows."""
    keep_days: Annotated[int, Field(ge=1, le=36500)] = 35
    """Days that a recovery point is kept."""
    cold_days: Annotated[int, Field(ge=1, le=36410)] | None = None
    """Days after which a file system's recovery points move to cold storage, about 0.01 USD a GB and month; by
    default never. Databases have none."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.cold_days is not None and self.keep_days < self.cold_days + _COLD_AT_LEAST:
            refuse(
                [
                    Fault(
                        "keep_days",
                        f"is {self.keep_days}; cold storage keeps for {_COLD_AT_LEAST} days, so write at least "
                        f"{self.cold_days + _COLD_AT_LEAST}, or remove cold_days",
                    )
                ]
            )
        return self
