"""Names that RDS for PostgreSQL refuses for a new database or its master user.

Sources: botocore, CreateDBInstance (form and length); PostgreSQL 15, `pg_get_keywords()`, the reserved words, which RDS
refuses for both; PostgreSQL's own refusal of the roles `public`, `none` and `pg_…`; refusals of RDS that users report:
`admin` and `rdsadmin` (cfn-lint PR 4425, tried on AWS), `user` and `root` (terraform-aws-modules/terraform-aws-rds and
others), the databases `db` and `flag`.
"""

from __future__ import annotations

__all__ = ["database_fault", "username_fault"]

_KEYWORDS = """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
    from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
    returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
    unique user using variadic verbose when where window with
"""
_WORDS = frozenset(_KEYWORDS.split())
_USERS = _WORDS | {
    "admin",
    "none",
    "public",
    "rds_iam",
    "rds_password",
    "rds_replication",
    "rds_superuser",
    "rdsadmin",
    "root",
}
_DATABASES = _WORDS | {"admin", "db", "flag", "rdsadmin", "template0", "template1"}
_LONGEST_USER = 16


def username_fault(name: str) -> str | None:
    """Why RDS makes no master user of this name, or None."""
    if name in _USERS:
        return f"{name!r} is reserved by RDS; choose another name, such as postgres or app"
    if name.startswith("pg_"):
        return f"{name!r} begins with pg_, which PostgreSQL reserves; choose another name"
    if len(name) > _LONGEST_USER:
        return f"{name!r} has {len(name)} characters, and RDS takes {_LONGEST_USER}; shorten it"
    return None


def database_fault(name: str) -> str | None:
    """Why RDS makes no database of this name, or None."""
    return f"{name!r} is reserved by RDS; choose another name, such as {name}_data" if name in _DATABASES else None
