"""URLs of services that other services connect to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from settings.connection import Connect

__all__ = ["service_urls"]


def service_urls(connect: Connect, host: str, port: int) -> Mapping[str, str]:
    """The URL variables that the connection names; `driver` is their scheme, such as http or grpc."""
    urls = {}
    for env, url in connect.env.items():
        query = urlencode(sorted(url.query.items()), quote_via=quote, safe="")
        urls[env] = f"{url.driver}://{host}:{port}{'?' if query else ''}{query}"
    return urls
