"""Patterns are read as AWS reads them, and every pattern of every service in the table can be."""

from __future__ import annotations

import pytest

from tests.aws_models import patterns, shapes
from tests.aws_models.table import OPERATIONS

# Java's flag in the middle of an expression; budget names are not worth a parser.
_LEFT_OUT = {"budgets": [r"^(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+$"]}
_TAG = r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"
_NO_CONTROL = r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*"


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        (r"[\w+=,.@-]+", "role-1", True),
        (r"[\w+=,.@-]+", "role 1", False),
        (r"[\w+=,.@-]+", "rôle", False),
        (r"^https?://", "https://example.com", True),
        (r"^https?://", "ftp://example.com", False),
        (_TAG, "équipe 1", True),
        (_TAG, "a;b", False),
        (_NO_CONTROL, "ok \U0001f600", True),
        (_NO_CONTROL, "bell\a", False),
        (r"\p{Print}+", "plain", True),
        (r"\p{Print}+", "é", False),
        (r"\p{XDigit}{4}", "00fF", True),
        (r"[\w-_]*", "a-_", True),
        (r"[\w-_]*", "a.b", False),
    ],
)
def test_translated(pattern: str, value: str, expected: bool) -> None:
    assert patterns.matches(pattern, value) is expected


@pytest.mark.parametrize("pattern", [r"\P{L}", r"\p{Nowhere}", "(open"])
def test_what_cannot_be_translated_is_said(pattern: str) -> None:
    with pytest.raises(patterns.UntranslatableError):
        patterns.compiled(pattern)


def test_no_other_pattern_is_left_out() -> None:
    found: dict[str, list[str]] = {}
    for service in sorted({operation.service for operation in OPERATIONS.values()}):
        for pattern in shapes.patterns_of(service):
            try:
                patterns.compiled(pattern)
            except patterns.UntranslatableError:
                found.setdefault(service, []).append(pattern)
    assert found == _LEFT_OUT
