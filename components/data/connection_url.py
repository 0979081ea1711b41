"""Connection URLs of PostgreSQL, in the form that each driver expects."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from settings.compute.connects_to import Connect, Url

__all__ = ["connection_url", "url_key", "url_variables"]

DEFAULT_VARIABLE = "DATABASE_URL"


def url_variables(connect: Connect) -> Mapping[str, Url]:
    """The URL variables of a connection by name; by default one, `DATABASE_URL`."""
    return connect.env or {DEFAULT_VARIABLE: Url()}


def connection_url(url: Url, *, host: str, port: int, database: str, user: str = "", password: str = "") -> str:
    """The URL, percent-encoded and with TLS: `ssl=require` for asyncpg, which fails with a TypeError on `sslmode`.

    A client fills in a missing user or password from PGUSER and PGPASSWORD.
    """
    userinfo = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    tls = "ssl" if "asyncpg" in url.driver else "sslmode"
    query = urlencode({tls: "require", **dict(sorted(url.query.items()))}, quote_via=quote, safe="")
    return f"{url.driver}://{userinfo}{'@' if userinfo else ''}{host}:{port}/{quote(database, safe='')}?{query}"


def url_key(url: Url) -> str:
    """The URL's key in the secret's JSON, without colons, at which ECS splits `valueFrom`."""
    if url == Url():
        return "url"
    key = f"url_{url.driver.replace('+', '_')}"
    if not url.query:
        return key
    query = urlencode(sorted(url.query.items()))
    return f"{key}_{hashlib.sha256(query.encode()).hexdigest()[:6]}"
