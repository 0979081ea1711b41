"""Places in the settings as a stack file has them, by the keys that messages show."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from settings.model import REMOVE, Rename

__all__ = ["changed", "steps"]

Steps = list[str | int]
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[]+)")


def steps(values: Any, key: str) -> Steps:
    """The names and indices that lead to `key`; a name of `values` may itself hold dots and brackets."""
    found: Steps = []
    at = values
    while key:
        step, key = _step(at, key)
        found.append(step)
        if isinstance(at, dict):
            at = at.get(step)
        else:
            at = at[step] if isinstance(at, list) and isinstance(step, int) and step < len(at) else None
    return found


def _step(at: Any, key: str) -> tuple[str | int, str]:
    name = key.removeprefix(".")
    if isinstance(at, dict):
        fitting = [k for k in at if name == k or name.startswith((f"{k}.", f"{k}["))]
        if fitting:
            longest = max(fitting, key=len)
            return longest, name[len(longest) :]
    match = _STEP.match(key)
    if match is None:
        return name, ""
    return (int(match[1]) if match[1] else match[2]), key[match.end() :]


def changed(values: dict[str, Any], key: str, correction: Any) -> dict[str, Any]:
    """A copy of `values` with the correction at `key`: a value, a Rename, or REMOVE.

    Errors: LookupError or TypeError where the values have no such place.
    """
    result = deepcopy(values)
    at, last = _place(result, steps(result, key))
    if isinstance(correction, Rename):
        renamed = {correction.name if name == last else name: value for name, value in at.items()}
        at.clear()
        at.update(renamed)
    elif correction is REMOVE:
        del at[last]
    else:
        at[last] = correction
    return result


def _place(values: Any, path: Steps) -> tuple[Any, Any]:
    """The mapping or list that holds the last step of `path`, and that step."""
    *above, last = path
    at = holder = values
    place: str | int = last
    for step in above:
        if step == 0 and not isinstance(at, list):
            continue  # a single entry may stand for a list of one
        holder, place = at, step
        at = _below(at, step)
    if isinstance(at, dict) and isinstance(last, int):
        raise LookupError(last)
    # A name may stand for an entry that says nothing else.
    return (at, last) if isinstance(at, dict | list) else (holder, place)


def _below(at: Any, step: Any) -> Any:
    return at.setdefault(step, {}) if isinstance(at, dict) else at[step]
