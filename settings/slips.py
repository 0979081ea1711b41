"""Names that differ by one slip of the fingers."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["slip_of"]

_SHORTEST = 4


def slip_of(name: str, others: Iterable[str]) -> str | None:
    """The first of `others` from which `name` differs by one slip: a letter too many, too few, another, or swapped.

    Names that differ in a digit or in a short word alone (`key-1` and `key-2`, `api-key` and `app-key`) are two names.
    """
    return next((other for other in others if other != name and _one_slip(name, other)), None)


def _one_slip(one: str, other: str) -> bool:
    first, second = (re.split(r"[-_/.]", text) for text in (one, other))
    if len(first) != len(second):
        # A separator that was left out, or is another one.
        return re.sub(r"[-_/.]", "", one) == re.sub(r"[-_/.]", "", other)
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _slip_of_a_word(*differing[0])


def _slip_of_a_word(one: str, other: str) -> bool:
    if sorted(one) == sorted(other):
        return _swapped(one, other)
    if min(len(one), len(other)) < _SHORTEST or any(sign.isdigit() for sign in one + other):
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbours are swapped: `kye` for `key`."""
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(at) == 2 and at[1] == at[0] + 1 and not (one[at[0]] + one[at[1]]).isdigit()
