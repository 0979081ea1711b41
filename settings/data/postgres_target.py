"""What the name of a database refers to in `connects_to`."""

from __future__ import annotations

from dataclasses import dataclass

from settings.data.postgres import Postgres

__all__ = ["PostgresTarget"]

_PG_VARIABLES = frozenset({"PGHOST", "PGPORT", "PGDATABASE", "PGSSLMODE", "PGUSER", "PGPASSWORD"})


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
