"""What EventBridge makes of a pattern, and of an input transformer, as its guide describes both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["matches", "told"]


def matches(pattern: Mapping[str, Any], event: Any) -> bool:
    """Whether an event matches a pattern: each key must, and of a list of values any may."""
    return all(
        any(matches(choice, event) for choice in wanted)
        if key == "$or"
        else _any(wanted, [item.get(key) for item in _each(event)])
        for key, wanted in pattern.items()
    )


def told(paths: Mapping[str, str], template: str, event: Mapping[str, Any]) -> Any:
    """What a target receives: a value outside of quotes is quoted, one inside stands as it is."""
    values = {name: _at(event, path) for name, path in paths.items()}
    assert set(re.findall(r"<([a-z]+)>", template)) == set(values)
    bare = re.sub(r'(": )<([a-z]+)>', lambda found: found[1] + json.dumps(values[found[2]]), template)
    return json.loads(re.sub(r"<([a-z]+)>", lambda found: str(values[found[1]]), bare))


def _any(wanted: Any, found: list[Any]) -> bool:
    if isinstance(wanted, Mapping):
        return any(matches(wanted, item) for value in found for item in _each(value) if isinstance(item, Mapping))
    return any(_value(choice, item) for choice in wanted for value in found for item in _each(value))


def _value(choice: Any, value: Any) -> bool:
    if not isinstance(choice, Mapping):
        return choice == value
    ((test, operand),) = choice.items()
    if test == "prefix":
        return isinstance(value, str) and value.startswith(operand)
    assert test == "numeric"
    assert operand[0] == ">"
    return isinstance(value, int) and value > operand[1]


def _each(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else [value]


def _at(event: Any, path: str) -> Any:
    for step in re.findall(r"[\w-]+", path.removeprefix("$")):
        event = event[int(step)] if isinstance(event, list) else event[step]
    return event
