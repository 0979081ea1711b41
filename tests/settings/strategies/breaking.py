"""Sound settings in which one place holds something else."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.whole import consistent

__all__ = ["broken"]

_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 100_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """The areas of a stack in which one place holds something else."""
    areas = deepcopy(draw(consistent()))
    holder, key = draw(st.sampled_from(list(_places(areas))))
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "replace" or isinstance(holder, list):
        holder[key] = draw(_JUNK)
    elif action == "remove":
        del holder[key]
    else:
        holder[draw(st.text(max_size=12))] = draw(_JUNK)
    return areas


def _places(at: Any) -> Iterator[tuple[Any, Any]]:
    """Every mapping or list below `at`, with each of its keys."""
    for key, value in list(at.items() if isinstance(at, dict) else enumerate(at)):
        yield at, key
        if isinstance(value, dict | list):
            yield from _places(value)
