"""Connection URLs of PostgreSQL, as each driver wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from settings.compute.connects_to import Connect, Url

__all__ = ["connection_url", "url_key", "urls_of"]

DEFAULT_VARIABLE = "DATABASE_URL"


def urls_of(connect: Connect) -> Mapping[str, Url]:
    """The URL variables of a connection by name; by default one, `DATABASE_URL`."""
    return connect.env or {DEFAULT_VARIABLE: Url()}


def connection_url(url: Url, *, host: str, port: int, database: str, user: str = "", password: str = "") -> str:
    """The URL, percent-encoded and with TLS: `ssl=require` for asyncpg, to which `sslmode` is a TypeError.

    Without a user, or without a password, the client completes it from PGUSER and PGPASSWORD.
    """
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    tls = "ssl" if "asyncpg" in url.driver else "sslmode"
    query = urlencode({tls: "require", **dict(sorted(url.query.items()))}, quote_via=quote, safe="")
    return f"{url.driver}://{who}{'@' if who else ''}{host}:{port}/{quote(database, safe='')}?{query}"


def url_key(url: Url) -> str:
    """The JSON key below which a secret holds the URL; ECS splits `valueFrom` at colons, so there is none in it."""
    if url == Url():
        return "url"
    key = f"url_{url.driver.replace('+', '_')}"
    if not url.query:
        return key
    query = urlencode(sorted(url.query.items()))
    return f"{key}_{hashlib.sha256(query.encode()).hexdigest()[:6]}"
