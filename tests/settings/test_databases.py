"""Databases and stores that the settings accept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.settings.sound import changed


@pytest.mark.parametrize(
    ("username", "database"),
    [("postgres", "postgres"), ("master", "public"), ("app", "identity"), ("owner", "users"), ("a" * 16, "b" * 63)],
)
def test_names_that_rds_takes(username: str, database: str) -> None:
    settings = changed({"data.postgres.main": {"username": username, "database": database}})
    assert settings.data.postgres["main"].username == username


@pytest.mark.parametrize(
    ("username", "database"), [("postgres", "postgres"), ("admin", "db"), ("reporting_service", "order")]
)
def test_a_restored_database_has_its_sources_names(username: str, database: str) -> None:
    main = {"username": username, "database": database, "restore_from": {"snapshot": "old"}}
    assert changed({"data.postgres.main": main}).data.postgres["main"].database == database


@pytest.mark.parametrize(
    "cache",
    [
        {"engine": "redis", "version": "6.2"},
        {"engine": "redis", "version": "6.0"},
        {"version": "9.1"},
        {"version": "10.0"},
        {"version": "7.2", "serverless": {}},
        {"engine": "redis", "version": "7.0", "serverless": {}},
        {"node": "cache.r7g.16xlarge"},
    ],
)
def test_stores_that_elasticache_makes(cache: dict[str, Any]) -> None:
    assert changed({"data.redis.cache": cache}).data.redis["cache"]
