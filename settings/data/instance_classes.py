"""Instance classes of RDS for PostgreSQL and node types of ElastiCache.

Sources: cfn-lint 1.58, which reads them from AWS: `db_instance_class` and `dbinstanceclass_enum` for postgres from 13
on, `cachenodetype_enum`; all regions together. Without `r6gd` of ElastiCache, which wants data tiering.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import AfterValidator

from settings.form import matches
from settings.names import nearest
from settings.suggestions import cache_node, database_class

__all__ = ["DATABASE_CLASSES", "NODE_TYPES", "CacheNodeType", "DatabaseClass"]

_HERE = "settings/data/instance_classes.py"
_TO_16 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"
_DATABASES = {
    "m4": "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge",
    "m6g m6gd m7g r6g r6gd r7g x2g": _TO_16,
    "m5 m5d r5 r5b r5d": f"{_TO_16} 24xlarge",
    "m6i m6id m6idn m6in r6i r6id r6idn r6in": f"{_TO_16} 24xlarge 32xlarge",
    "m7i m8a m8g m8gd m9g r7i r8a r8g r8gd": f"{_TO_16} 24xlarge 48xlarge",
    "m8i r8i": f"{_TO_16} 24xlarge 32xlarge 48xlarge 96xlarge",
    "c6gd": f"medium {_TO_16}",
    "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
    "t2 t3 t4g": "micro small medium large xlarge 2xlarge",
    "x1": "16xlarge 32xlarge",
    "x2idn": "16xlarge 24xlarge 32xlarge",
    "x2iedn x2m": "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge",
    "z1d": "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge",
}
_NODES = {
    "c7gn c8gn m6g m7g m8g r6g r7g r8g": _TO_16,
    "m4": "large xlarge 2xlarge 4xlarge 10xlarge",
    "m5 r5": "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
    "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
    "t2 t3 t4g": "micro small medium",
}


def _by_family(prefix: str, table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        f"{prefix}.{family}": tuple(sizes.split()) for families, sizes in table.items() for family in families.split()
    }


DATABASE_CLASSES = _by_family("db", _DATABASES)
"""Sizes by family, such as `db.t4g`."""
NODE_TYPES = _by_family("cache", _NODES)
"""Sizes by family, such as `cache.t4g`."""


def _known(table: Mapping[str, tuple[str, ...]], what: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        family, _, size = value.rpartition(".")
        if size in table.get(family, ()):
            return value
        every = [f"{name}.{each}" for name, sizes in table.items() for each in sizes]
        guess = nearest(value, every)
        if sizes := table.get(family):
            fix = f"{family} has {', '.join(sizes)}"
        else:
            fix = f"did you mean {guess}?" if guess else f"there are {', '.join(sorted(table))}"
        raise ValueError(f"is not {what}; {fix} (one newer than this program: add it to {_HERE})")

    return check


DatabaseClass = Annotated[
    str,
    matches(
        r"db\.[a-z0-9]+\.[a-z0-9]+", "is not an RDS instance class; write one like db.t4g.micro", suggest=database_class
    ),
    AfterValidator(_known(DATABASE_CLASSES, "an instance class of RDS for PostgreSQL")),
]
"""An RDS instance class."""

CacheNodeType = Annotated[
    str,
    matches(
        r"cache\.[a-z0-9]+\.[a-z0-9]+",
        "is not an ElastiCache node type; write one like cache.t4g.micro",
        suggest=cache_node,
    ),
    AfterValidator(_known(NODE_TYPES, "a node type of ElastiCache")),
]
"""An ElastiCache node type."""
