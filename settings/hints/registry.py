"""The registry of hints: what is allowed and may be meant, and more often is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from settings.model import Hint
from settings.stack import Settings

__all__ = ["Rule", "hints", "hints_at"]

Rule = Callable[[Settings], Iterator[Hint]]
_RULES: list[Rule] = []


def hints_at(rule: Rule) -> Rule:
    """Register a rule that yields hints; it runs only where the settings have no fault."""
    _RULES.append(rule)
    return rule


def hints(settings: Settings) -> tuple[Hint, ...]:
    """All hints of a stack, each once, without those that `accepted_hints` accepts; and what it accepts in vain."""
    found = tuple(dict.fromkeys(hint for rule in _RULES for hint in rule(settings)))
    keys = {hint.key for hint in found}
    vain = (
        Hint(f"accepted_hints.{key}", "accepts a hint that is not there; remove the line")
        for key in settings.accepted_hints
        if key not in keys
    )
    return (*(hint for hint in found if hint.key not in settings.accepted_hints), *vain)
