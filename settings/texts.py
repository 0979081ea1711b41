"""Every text of the settings with its key path, and what in it looks as if somebody were to fill it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

__all__ = ["placeholders", "texts"]

# ${x}, ${{ x }}, {{ x }}, $(x) and $X.
_PLACEHOLDER = re.compile(
    r"\$\{\{?\s{0,4}(?P<braces>[A-Za-z_][\w./:\[\]-]{0,200})\s{0,4}\}"
    r"|\{\{\s{0,4}(?P<double>[A-Za-z_][\w./:\[\]-]{0,200})\s{0,4}\}\}"
    r"|\$\((?P<parens>[A-Za-z_][\w.-]{0,200})\)"
    r"|\$(?P<plain>[A-Z_][A-Z0-9_]{1,200})"
)


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Each placeholder of a text as it is written, and the name in it: `${service.api.url}`, `service.api.url`."""
    for found in _PLACEHOLDER.finditer(text):
        written = found[0] + "}" if found[0].startswith("${{") else found[0]
        yield written, next(name for name in found.groups() if name)


def texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The key path and value of every text below `path`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from texts(item, f"{path}.{name}")
    elif isinstance(value, tuple | list):
        for i, item in enumerate(value):
            yield from texts(item, f"{path}[{i}]")
