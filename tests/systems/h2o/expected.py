"""What differs between h2o-allegiant's two stacks, as its table has it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEV", "PROD", "Expected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One stack of the system."""

    environment: str
    gateways: int
    tasks: tuple[int, int]
    database: tuple[str, bool]
    redis: tuple[str, int]
    domain: str
    origin: str
    branch: str
    protected: bool

    @property
    def file(self) -> str:
        """The stack's file."""
        return f"systems/h2o-allegiant.{self.environment}.yaml"

    @property
    def stack(self) -> str:
        """The stack's name, after its file."""
        return f"h2o-allegiant.{self.environment}"


DEV = Expected(
    environment="dev",
    gateways=1,
    tasks=(1, 3),
    database=("db.t4g.micro", False),
    redis=("cache.t4g.micro", 1),
    domain="dev.h2o.example.com",
    origin="origin.dev.h2o.example.com",
    branch="develop",
    protected=False,
)
PROD = Expected(
    environment="prod",
    gateways=2,
    tasks=(2, 3),
    database=("db.t4g.small", True),
    redis=("cache.t4g.small", 2),
    domain="app.h2o.example.com",
    origin="origin.h2o.example.com",
    branch="main",
    protected=True,
)
