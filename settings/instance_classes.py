"""Instance classes of RDS and node types of ElastiCache: each checks its form, and the size if the family is known.

The tables hold what AWS lists for PostgreSQL and for ElastiCache in any region and version, as of cfn-lint 1.58.0. A
family that is not in them is newer, or misspelt, which a hint says.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.form import matches
from settings.suggestions import cache_node, database_class

__all__ = ["CACHE", "DATABASE", "CacheNodeType", "DatabaseClass", "family"]

_LARGE = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"
_BURSTABLE = "micro small medium large xlarge 2xlarge"


def _table(rows: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sizes.split()) for families, sizes in rows.items() for name in families.split()}


DATABASE = _table(
    {
        "c6gd": f"medium {_LARGE}",
        "m1": "small medium large xlarge",
        "m2": "xlarge 2xlarge 4xlarge",
        "m3": "medium large xlarge 2xlarge",
        "m4": "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge",
        "m5 m5d r5 r5b r5d": f"{_LARGE} 24xlarge",
        "m6g m6gd m7g r6g r6gd r7g x2g": _LARGE,
        "m6i m6id m6idn m6in r6i r6id r6idn r6in": f"{_LARGE} 24xlarge 32xlarge",
        "m7i m8a m8g m8gd m9g r7i r8a r8g r8gd": f"{_LARGE} 24xlarge 48xlarge",
        "m8i r8i": f"{_LARGE} 24xlarge 32xlarge 48xlarge 96xlarge",
        "r3": "large xlarge 2xlarge 4xlarge 8xlarge",
        "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
        "t1": "micro",
        "t2 t3 t4g": _BURSTABLE,
        "x1": "16xlarge 32xlarge",
        "x2idn": "16xlarge 24xlarge 32xlarge",
        "x2iedn x2m": "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge",
        "z1d": "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge",
    }
)
"""The sizes of each family of RDS."""

CACHE = _table(
    {
        "c7gn c8gn m6g m7g m8g r6g r7g r8g": _LARGE,
        "m4": "large xlarge 2xlarge 4xlarge 10xlarge",
        "m5 r5": "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
        "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
        "r6gd": "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
        "t2 t3 t4g": "micro small medium",
    }
)
"""The sizes of each family of ElastiCache."""


def family(value: str) -> str:
    """The family of a class: `t4g` of db.t4g.micro."""
    return value.split(".")[1]


def _of(table: dict[str, tuple[str, ...]]) -> AfterValidator:
    def check(value: str) -> str:
        kind, name, size = value.split(".")
        sizes = table.get(name, (size,))
        if size not in sizes:
            raise ValueError(
                f"does not exist: {kind}.{name} has {', '.join(sizes)}; write one of them, such as "
                f"{kind}.{name}.{sizes[0]}"
            )
        return value

    return AfterValidator(check)


DatabaseClass = Annotated[
    str,
    matches(
        r"db\.[a-z0-9]+\.[a-z0-9]+", "is not an RDS instance class; write one like db.t4g.micro", suggest=database_class
    ),
    _of(DATABASE),
]
"""An RDS instance class."""

CacheNodeType = Annotated[
    str,
    matches(
        r"cache\.[a-z0-9]+\.[a-z0-9]+",
        "is not an ElastiCache node type; write one like cache.t4g.micro",
        suggest=cache_node,
    ),
    _of(CACHE),
]
"""An ElastiCache node type."""
