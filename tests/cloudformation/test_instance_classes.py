"""The tables of instance classes hold what AWS lists, in any region and version."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from settings.instance_classes import CACHE, DATABASE
from tests.cloudformation import schemas


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from _texts(item)


def _sizes(prefix: str, listed: Any) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in _texts(listed):
        if match := re.fullmatch(rf"{prefix}\.([a-z0-9]+)\.([a-z0-9]+)", text):
            found[match[1]].add(match[2])
    return found


def _of_postgres(node: Any) -> Iterator[Any]:
    """The classes of conditions on the engine postgres."""
    for condition in node.get("allOf", ()):
        engine = condition["if"]["properties"].get("Engine", {})
        if "postgres" in (engine.get("const"), *engine.get("enum", ())):
            yield condition["then"]


def test_classes_of_rds() -> None:
    listed = [
        list(_of_postgres(node)) for node in schemas.extension("AWS::RDS::DBInstance", "dbinstanceclass_enum").values()
    ]
    listed.append(list(_of_postgres(schemas.extension("AWS::RDS::DBInstance", "db_instance_class"))))
    assert {name: set(sizes) for name, sizes in DATABASE.items()} == _sizes("db", listed)


def test_node_types_of_elasticache() -> None:
    listed = schemas.extension("AWS::ElastiCache::CacheCluster", "cachenodetype_enum")
    assert {name: set(sizes) for name, sizes in CACHE.items()} == _sizes("cache", listed)
