"""What a service may reach, and the environment it gets for it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.types import EnvName, Name

__all__ = ["Connect", "ConnectOrName", "Url"]


Driver = Annotated[
    str,
    matches(r"[a-z][a-z0-9+]*", "is not a URL scheme; write one like postgresql+asyncpg, without ://", in_schema=True),
]


class Url(Model):
    """A connection URL, or a part of it, in an environment variable."""

    part: Literal["url", "host", "port", "address"] = "url"
    """For services: the whole URL, or its host, its port, or both as `host:port`, which gRPC clients take."""
    driver: Driver = "postgresql"
    """The URL's scheme, such as `postgresql+asyncpg`; that of a Redis store is always `rediss`."""
    query: dict[str, str] = {}
    """Query parameters; TLS is added (`sslmode=require`, and `ssl=require` for asyncpg)."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [
            Fault(key, f"belongs to a whole URL, and the variable holds its {self.part}; remove it, or remove part")
            for key in ("driver", "query")
            if self.part != "url" and key in self.model_fields_set
        ]
        if "asyncpg" in self.driver and "sslmode" in self.query:
            faults.append(Fault("query.sslmode", "asyncpg has no sslmode (a TypeError at start); use ssl, or nothing"))
        for key in ("ssl", "sslmode"):
            if self.query.get(key) in ("disable", "allow", "prefer"):
                faults.append(Fault(f"query.{key}", "the database refuses connections without TLS; write require"))
        refuse(faults)
        return self


class Connect(Model):
    """A connection with environment variables that you name."""

    to: Name
    """The database, Redis store or service to reach."""
    env: dict[EnvName, Url] = {}
    """Variables by name, with the URL or a part of it; by default `DATABASE_URL` for a database, `REDIS_URL` for a
    Redis store, and none for a service."""


def _written_out(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


ConnectOrName = Annotated[Connect, BeforeValidator(_written_out, json_schema_input_type=Name | Connect)]
