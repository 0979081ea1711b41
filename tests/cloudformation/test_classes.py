"""The classes and versions that the settings know against those that cfn-lint has read from AWS."""

from __future__ import annotations

import re

import pytest

from settings.data.instance_classes import DATABASE_CLASSES, NODE_TYPES
from settings.data.redis import VERSIONS
from settings.regions import REGIONS
from tests.cloudformation import schemas

pytestmark = pytest.mark.check

# Classes that no PostgreSQL from 13 on runs on, and one without a size.
_OLD = {"db.t1", "db.m1", "db.m2", "db.m3", "db.r3"}


def _known(table: dict[str, tuple[str, ...]]) -> set[str]:
    return {f"{family}.{size}" for family, sizes in table.items() for size in sizes}


def _database_classes() -> set[str]:
    """What RDS offers for PostgreSQL, by a version from 13 on or by a region."""
    found: set[str] = set()
    for rule in schemas.extension("AWS::RDS::DBInstance", "db_instance_class")["allOf"]:
        given = rule["if"]["properties"]
        majors = re.findall(r"(\d+)\\\.", given["EngineVersion"]["pattern"])
        if given["Engine"]["const"] == "postgres" and int(majors[-1]) >= 13:
            found |= set(rule["then"]["properties"]["DBInstanceClass"]["enum"])
    regions = schemas.extension("AWS::RDS::DBInstance", "dbinstanceclass_enum")
    for region in set(REGIONS) & regions.keys():
        for rule in regions[region]["allOf"]:
            if rule["if"]["properties"].get("Engine", {}).get("const") == "postgres":
                found |= set(rule["then"]["properties"]["DBInstanceClass"]["enum"])
    return {each for each in found if each.count(".") == 2 and each.rpartition(".")[0] not in _OLD}


def test_instance_classes() -> None:
    assert _known(DATABASE_CLASSES) == _database_classes()


def test_node_types() -> None:
    rules = schemas.extension("AWS::ElastiCache::CacheCluster", "cachenodetype_enum")
    found = {each for region in set(REGIONS) & rules.keys() for each in rules[region]["enum"]}
    assert _known(NODE_TYPES) == {each for each in found if not each.startswith("cache.r6gd.")}


def test_versions() -> None:
    for rule in schemas.extension("AWS::ElastiCache::CacheCluster", "engine_version")["allOf"]:
        engine = rule["if"]["properties"]["Engine"].get("const")
        if engine in VERSIONS:
            offered = set(rule["then"]["properties"]["EngineVersion"]["enum"])
            assert set(VERSIONS[engine]) == offered - {"4.0.10", "5.0.6"}
