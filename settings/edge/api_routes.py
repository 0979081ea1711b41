"""Routes of an HTTP API, whose paths have another syntax than those of a load balancer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

__all__ = ["ApiPath", "answers", "route_key", "route_keys"]

_PART = r"[A-Za-z0-9._-]+"
_EXACT = re.compile(rf"(/{_PART})+|/")
_ANYTHING = "/*"
_NAMED = re.compile(
    rf"((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) )?((/{_PART})+(/\*)?|/)|(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\*"
)


def _named(path: str) -> str:
    if not _NAMED.fullmatch(path):
        raise ValueError(
            "is not a path of a route; write one such as /jobs, /jobs/* or POST /jobs, without a "
            "slash at its end (/* is "
            "every request, which http_api.throttle limits)"
        )
    return path


ApiPath = Annotated[str, StringConstraints(max_length=128), AfterValidator(_named)]
"""The path of an HTTP API's route, with or without a method."""


def route_key(path: str) -> str:
    """The route key of `[METHOD ]path`, whose path may end in `/*`."""
    method, _, path = path.rpartition(" ")
    return f"{method or 'ANY'} {_greedy(path) if path.endswith(_ANYTHING) else path}"


def route_keys(patterns: Iterable[str]) -> tuple[str, ...]:
    """The route keys that come nearest to a load balancer's path patterns, sorted.

    What no route key can say, such as `*` inside of a path, has none: its requests take the default route, which leads
    to the same place.
    """
    return tuple(sorted({key for pattern in patterns for key in _keys(pattern)}))


def answers(pattern: str, path: str) -> bool:
    """Whether a load balancer's pattern takes what the route `[METHOD ]path` is for."""
    example = path.rpartition(" ")[2].replace("*", "x")
    signs = {"*": ".*", "?": "."}
    return bool(re.fullmatch("".join(signs.get(sign, re.escape(sign)) for sign in pattern), example))


def _keys(pattern: str) -> Iterator[str]:
    path = pattern.removesuffix("*")
    if pattern == _ANYTHING:
        return
    if _EXACT.fullmatch(path):
        yield f"ANY {path}"
    base = path.removesuffix("/")
    if path != pattern and _EXACT.fullmatch(base):
        yield f"ANY {_greedy(base + _ANYTHING)}"


def _greedy(path: str) -> str:
    return f"{path.removesuffix('*')}{{proxy+}}"
