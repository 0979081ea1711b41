"""Environment variables with the address of a service that other services connect to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from settings.compute.connects_to import Connect, Url

__all__ = ["service_urls"]


def service_urls(connect: Connect, host: str, port: int) -> Mapping[str, str]:
    """The variables of a connection, by name; a URL's `driver` is its scheme, such as http or grpc."""
    return {env: _value(url, host, port) for env, url in connect.env.items()}


def _value(url: Url, host: str, port: int) -> str:
    query = urlencode(sorted(url.query.items()), quote_via=quote, safe="")
    parts = {
        "host": host,
        "port": str(port),
        "address": f"{host}:{port}",
        "url": f"{url.driver}://{host}:{port}{'?' if query else ''}{query}",
    }
    return parts[url.part]
