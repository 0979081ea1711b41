"""Path patterns that meet, against every path of a small alphabet."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings.path_patterns import meet

PATHS = ["".join(letters) for length in range(6) for letters in product("ab", repeat=length)]
PATTERN = st.text("ab*?", max_size=3)


def takes(pattern: str, path: str) -> bool:
    """Whether a pattern takes a path, worked out letter by letter."""
    if not pattern:
        return not path
    if pattern[0] == "*":
        return any(takes(pattern[1:], path[i:]) for i in range(len(path) + 1))
    return bool(path) and pattern[0] in ("?", path[0]) and takes(pattern[1:], path[1:])


@given(PATTERN, PATTERN)
def test_two_patterns_meet_where_one_path_is_taken_by_both(one: str, other: str) -> None:
    assert meet(one, other) == any(takes(one, path) and takes(other, path) for path in PATHS)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("/*", "/api/*", True),
        ("/api/*", "/health", False),
        ("/api/*", "/api", False),
        ("/*.js", "/static/*", True),
        ("/a?c", "/abc", True),
        ("*" * 40 + "a", "b" * 200, False),
    ],
)
def test_examples(one: str, other: str, wanted: bool) -> None:
    assert meet(one, other) is meet(other, one) is wanted
