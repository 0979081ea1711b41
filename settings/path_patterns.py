"""Path patterns with `*` and `?`, as load balancers and CloudFront both read them."""

from __future__ import annotations

from functools import cache

__all__ = ["meet"]


@cache
def meet(one: str, other: str) -> bool:
    """Whether there is a path that both patterns take."""
    if not one or not other:
        return not (one + other).strip("*")
    if one[0] == "*":
        return meet(one[1:], other) or meet(one, other[1:])
    if other[0] == "*":
        return meet(other, one)
    return (one[0] == other[0] or "?" in (one[0], other[0])) and meet(one[1:], other[1:])
