"""Settings of RDS Proxy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import Percent

__all__ = ["Proxy"]


class Proxy(Model):
    """RDS Proxy in front of a database: 0.015 USD an hour for each of its vCPUs, at least two: from 22 USD a month."""

    auth: Literal["password", "iam"] = "password"
    """How services sign in. `password`: as without the proxy. `iam`: with tokens of their task role, which the
    application generates; only the proxy then needs the password."""
    max_connections_percent: Percent = 90
    """Share of the database's connections that the proxy may take; the rest is left for direct connections."""
    max_idle_percent: Annotated[int, Field(ge=0, le=100)] = 50
    """Share of the database's connections that it keeps open without use."""
    borrow_timeout_s: Annotated[int, Field(ge=1, le=300)] = 30
    """Seconds that a client waits for a free connection."""
    idle_timeout_s: Annotated[int, Field(ge=1, le=28800)] = 1800
    """Seconds after which a client's unused connection is closed."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        limit = self.max_connections_percent
        if self.max_idle_percent > limit:
            refuse(
                [Fault("max_idle_percent", f"is more than max_connections_percent ({limit}); write at most {limit}")]
            )
        return self
