"""Names: within AWS's limits, and different where their parts are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.naming import LIMITS, logical_name, physical_name

SLASHED = ("log-group", "parameter")
words = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    ("kind", "parts", "name"),
    [
        ("rds", ("prod", "main"), "prod-main"),
        ("ecr", ("prod", "Web App"), "prod-web-app"),
        ("rds", ("prod--x", "-main-"), "prod-x-main"),
        ("log-group", ("prod", "service", "api"), "/prod/service/api"),
        ("parameter", ("prod", "Key"), "/prod/Key"),
    ],
)
def test_physical_name(kind: str, parts: tuple[str, ...], name: str) -> None:
    assert physical_name(kind, *parts) == name


@pytest.mark.parametrize("kind", LIMITS)
def test_a_long_name_is_cut_and_stays_apart(kind: str) -> None:
    long = "a" * LIMITS[kind]
    one, other = physical_name(kind, "prod", long), physical_name(kind, "prod", long + "b")
    assert len(one) == len(other) == LIMITS[kind]
    assert one != other
    assert one == physical_name(kind, "prod", long)
    assert re.search(r"-[0-9a-f]{6}$", one)


@given(kind=st.sampled_from(sorted(LIMITS)), parts=st.lists(words, min_size=1, max_size=4))
def test_any_name_is_one_that_aws_takes(kind: str, parts: list[str]) -> None:
    name = physical_name(kind, *parts)
    assert 1 <= len(name) <= LIMITS[kind]
    if kind in SLASHED:
        assert name.startswith("/")
    else:
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", name)
        assert "--" not in name  # RDS and OpenSearch refuse it


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        physical_name("lambda", "x")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("API_KEYS/json", "api-keys-json"), ("openai-api-key", "openai-api-key"), ("_x_", "x"), ("a..b", "a-b")],
)
def test_logical_name(name: str, expected: str) -> None:
    assert logical_name(name) == expected
