"""Broken stack files: databases that RDS would not make."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_MAIN = "data.postgres.main"


def _database(name: str, key: str, value: Any, reason: str, fix: str) -> Broken:
    return Broken(name, f"{_MAIN}.{key}", value, f"{_MAIN}.{key}", reason, fix)


BROKEN = [
    _database(
        "a user of RDS's own", "username", "rdsadmin", "'rdsadmin' is reserved by RDS", "such as postgres or app"
    ),
    _database("admin for a user", "username", "admin", "'admin' is reserved by RDS", "choose another name"),
    _database("a user by a word of SQL", "username", "user", "'user' is reserved by RDS", "choose another name"),
    _database("a role of RDS for a user", "username", "rds_iam", "'rds_iam' is reserved by RDS", "choose another name"),
    _database("everybody for a user", "username", "public", "'public' is reserved by RDS", "choose another name"),
    _database(
        "a user like PostgreSQL's own",
        "username",
        "pg_owner",
        "'pg_owner' begins with pg_, which PostgreSQL reserves",
        "choose another name",
    ),
    _database(
        "a long user",
        "username",
        "reporting_service",
        "'reporting_service' has 17 characters, and RDS takes 16",
        "shorten it",
    ),
    _database("a template for a database", "database", "template1", "'template1' is reserved by RDS", "template1_data"),
    _database("a database by a word of SQL", "database", "order", "'order' is reserved by RDS", "such as order_data"),
    _database("db for a database", "database", "db", "'db' is reserved by RDS", "such as db_data"),
]
