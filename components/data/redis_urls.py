"""Connection URLs of a Redis store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from settings.compute.connects_to import Connect, Url

__all__ = ["redis_url_key", "redis_url_variables", "urls_document"]

DEFAULT_VARIABLE = "REDIS_URL"


def redis_url_variables(connect: Connect) -> Mapping[str, Url]:
    """The URL variables of a connection by name; by default one, `REDIS_URL`."""
    return connect.env or {DEFAULT_VARIABLE: Url()}


def redis_url_key(url: Url, number: int, *, user: str = "") -> str:
    """The JSON key of the URL with the token, or the user's password, of this number.

    The key contains user and number so that a new token causes a new revision of every task that reads it, while an
    older revision, to which a deployment may roll back, still finds its own URL.
    """
    query = _query(url)
    digest = f"_{hashlib.sha256(query.encode()).hexdigest()[:6]}" if query else ""
    return f"url_{user}_{number}{digest}" if user else f"url_{number}{digest}"


def urls_document(
    connections: Sequence[Connect], *, host: str, port: int, tokens: Mapping[int, str], user: str = ""
) -> str:
    """The secret's JSON: every URL that the connections name, and the default one, with each accepted token."""
    variants = [Url(), *(url for connect in connections for url in redis_url_variables(connect).values())]
    urls = {
        redis_url_key(url, number, user=user): f"rediss://{user}:{quote(token, safe='')}@{host}:{port}/0{_query(url)}"
        for url in variants
        for number, token in tokens.items()
    }
    return json.dumps({"host": host, "port": port, **urls}, sort_keys=True)


def _query(url: Url) -> str:
    return f"?{urlencode(sorted(url.query.items()), quote_via=quote, safe='')}" if url.query else ""
