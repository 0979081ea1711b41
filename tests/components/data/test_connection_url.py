"""Connection URLs: TLS for each driver, encoding, and keys that ECS can read."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.data.connection_url import connection_url, url_key, url_variables
from settings.compute.connects_to import Connect, Url


def url_of(url: Url, **userinfo: str) -> str:
    return connection_url(url, host="db.example.com", port=5432, database="app", **userinfo)


def test_default_has_tls_and_no_user() -> None:
    assert url_of(Url()) == "postgresql://db.example.com:5432/app?sslmode=require"


def test_asyncpg_gets_ssl_and_never_sslmode() -> None:
    assert url_of(Url(driver="postgresql+asyncpg")) == "postgresql+asyncpg://db.example.com:5432/app?ssl=require"


def test_query_is_merged_and_may_be_stricter() -> None:
    url = Url(query={"sslmode": "verify-full", "application_name": "my app", "pool": "a&b"})
    assert url_of(url).partition("?")[2] == "sslmode=verify-full&application_name=my%20app&pool=a%26b"


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_parts_are_encoded(user: str, password: str, database: str) -> None:
    url = connection_url(Url(), host="h", port=1, database=database, user=user, password=password)
    parts = urlsplit(url)
    assert (unquote(parts.username or ""), unquote(parts.password or "")) == (user, password)
    assert unquote(parts.path) == f"/{database}"
    assert parse_qs(parts.query) == {"sslmode": ["require"]}


def test_default_variable() -> None:
    assert url_variables(Connect(to="main")) == {"DATABASE_URL": Url()}


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (Url(), "url"),
        (Url(driver="postgresql+asyncpg"), "url_postgresql_asyncpg"),
    ],
)
def test_plain_keys(url: Url, key: str) -> None:
    assert url_key(url) == key


def test_keys_differ_where_urls_do_and_hold_no_colon() -> None:
    urls = [
        Url(driver=driver, query=query)
        for driver in ("postgresql", "postgres", "postgresql+asyncpg")
        for query in ({}, {"a": "b:c"}, {"a": "b", "c": "d"}, {"a": "b&c=d"})
    ]
    keys = {url_key(url) for url in urls}
    assert len(keys) == len(urls)
    assert all(":" not in key for key in keys)
    assert url_key(Url(query={"a": "1", "b": "2"})) == url_key(Url(query={"b": "2", "a": "1"}))
