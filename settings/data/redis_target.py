"""What the name of a Redis store refers to in `connects_to`."""

from __future__ import annotations

from dataclasses import dataclass

from settings.data.redis import Redis

__all__ = ["RedisTarget"]


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
