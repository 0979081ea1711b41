"""The versions of stores that the settings know against those that cfn-lint has read from AWS."""

from __future__ import annotations

import pytest

from settings.data.redis import VERSIONS
from tests.cloudformation import schemas

pytestmark = pytest.mark.check


def test_versions() -> None:
    for rule in schemas.extension("AWS::ElastiCache::CacheCluster", "engine_version")["allOf"]:
        engine = rule["if"]["properties"]["Engine"].get("const")
        if engine in VERSIONS:
            offered = set(rule["then"]["properties"]["EngineVersion"]["enum"])
            assert set(VERSIONS[engine]) == offered - {"4.0.10", "5.0.6"}
