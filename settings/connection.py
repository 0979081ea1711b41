"""What a service may reach, and the environment it gets for it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import EnvName, Name

__all__ = ["Connect", "ConnectOrName", "Url"]


class Url(Model):
    """A connection URL in an environment variable."""

    driver: Annotated[str, Field(pattern=r"^[a-z][a-z0-9+]*$")] = "postgresql"
    """The URL's scheme, such as `postgresql+asyncpg`; that of a Redis store is always `rediss`."""
    query: dict[str, str] = {}
    """Query parameters; TLS is added by itself (`sslmode=require`, and `ssl=require` for asyncpg)."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = []
        if "asyncpg" in self.driver and "sslmode" in self.query:
            faults.append(
                Fault("query.sslmode", "asyncpg knows no sslmode (a TypeError at start); use ssl, or nothing")
            )
        for key in ("ssl", "sslmode"):
            if self.query.get(key) in ("disable", "allow", "prefer"):
                faults.append(Fault(f"query.{key}", "the database refuses connections without TLS; write require"))
        refuse(faults)
        return self


class Connect(Model):
    """A connection with environment variables of one's own choice."""

    to: Name
    """The database, Redis store or service to reach."""
    env: dict[EnvName, Url] = {}
    """URL variables by name; by default `DATABASE_URL` for a database, `REDIS_URL` for a Redis store, and none for a
    service."""


def _written_out(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


ConnectOrName = Annotated[Connect, BeforeValidator(_written_out, json_schema_input_type=Name | Connect)]
