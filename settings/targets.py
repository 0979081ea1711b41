"""What a name in `connects_to` refers to: a service, a database or a Redis store."""

from __future__ import annotations

from dataclasses import dataclass

from settings.compute.services import Service
from settings.data.postgres import Postgres
from settings.data.redis import Redis

__all__ = ["PostgresTarget", "RedisTarget", "ServiceTarget", "Target"]

_PG_VARIABLES = frozenset({"PGHOST", "PGPORT", "PGDATABASE", "PGSSLMODE", "PGUSER", "PGPASSWORD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTarget:
    """A service of `compute.services`."""

    name: str
    settings: Service

    @property
    def peers(self) -> tuple[str, ...]:
        """Names of the peers to which a connection opens a network path."""
        return (self.name,)

    @property
    def default_url(self) -> str | None:
        """The variable that holds the URL, where the connection names none."""
        return None

    @property
    def variables(self) -> frozenset[str]:
        """Variables that every connection sets."""
        return frozenset()

    @property
    def uses_secret(self) -> bool:
        """Whether clients read a secret to sign in."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresTarget:
    """A database of `data.postgres`, which clients reach through its proxy if it has one."""

    name: str
    settings: Postgres

    @property
    def has_proxy(self) -> bool:
        """Whether clients connect to RDS Proxy."""
        return self.settings.proxy is not None

    @property
    def peers(self) -> tuple[str, ...]:
        """Names of the peers to which a connection opens a network path."""
        return (f"{self.name}-proxy" if self.has_proxy else self.name,)

    @property
    def default_url(self) -> str | None:
        """The variable that holds the URL, where the connection names none."""
        return "DATABASE_URL"

    @property
    def variables(self) -> frozenset[str]:
        """Variables that every connection sets, or that would lead clients elsewhere."""
        return _PG_VARIABLES

    @property
    def sets_pg_variables(self) -> bool:
        """Whether clients get PGHOST, PGUSER and so on, which describe one database."""
        return self.settings.credentials != "generated"

    @property
    def uses_secret(self) -> bool:
        """Whether clients read a secret to sign in."""
        return self.settings.credentials != "iam"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisTarget:
    """A store of `data.redis`."""

    name: str
    settings: Redis

    @property
    def peers(self) -> tuple[str, ...]:
        """Names of the peers to which a connection opens a network path; serverless has a second port for readers."""
        return (self.name,) if self.settings.serverless is None else (self.name, f"{self.name}-reader")

    @property
    def default_url(self) -> str | None:
        """The variable that holds the URL, where the connection names none."""
        return "REDIS_URL"

    @property
    def variables(self) -> frozenset[str]:
        """Variables that every connection sets."""
        return frozenset()

    @property
    def uses_secret(self) -> bool:
        """Whether clients read a secret to sign in."""
        return True


Target = ServiceTarget | PostgresTarget | RedisTarget
