"""Broken stack files: tags that AWS takes for one, or that are too many."""

from __future__ import annotations

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

BROKEN = [
    *(
        Broken(
            f"a tag like the stack's own {own} in other letters",
            "tags",
            {key: "staging"},
            f"tags.{key}",
            f"and the stack's own {own} are one key to IAM",
            f"rename it, or write {own}",
        )
        for key, own in (
            ("environment", "Environment"),
            ("STACK", "Stack"),
            ("managedby", "ManagedBy"),
            ("project", "Project"),
            ("name", "Name"),
        )
    ),
    Broken(
        "two tags that differ by case",
        "tags",
        {"Team": "a", "team": "b"},
        "tags.team",
        "and Team are one key to IAM",
        "keep one",
    ),
    Broken(
        "more tags than a resource has",
        "tags",
        {f"key-{i}": "x" for i in range(46)},
        "tags",
        "are 51 with the stack's own 5",
        "at most 50, remove some",
    ),
]
