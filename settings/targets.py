"""What a name in `connects_to` refers to: a service, a database or a Redis store."""

from __future__ import annotations

from dataclasses import dataclass

from settings.compute.services import Service
from settings.data.postgres_target import PostgresTarget
from settings.data.redis_target import RedisTarget

__all__ = ["PostgresTarget", "RedisTarget", "ServiceTarget", "Target"]


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


Target = ServiceTarget | PostgresTarget | RedisTarget
