"""Priorities of listener rules, computed from the routes alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from settings.compute.route import SHIFTED_OFFSET, Route

__all__ = ["CATCH_ALL", "assign", "specificity"]

CATCH_ALL = "/*"
MAX_PRIORITY = 50000
_HALF = MAX_PRIORITY // 2
_MAX_PATH_LENGTH = 128


class Specificity(NamedTuple):
    """How narrow a path pattern is. A pattern that matches only part of what another matches is never the smaller."""

    prefix: int
    shortest: int
    literals: int
    fewer_stars: int


def specificity(pattern: str) -> Specificity:
    """How narrow `pattern` is."""
    stars = pattern.count("*")
    literals = len(pattern) - stars - pattern.count("?")
    return Specificity(len(_prefix(pattern)), len(pattern) - stars, literals, -stars)


def assign(routes: Mapping[str, Route], shifting: Collection[str] = ()) -> dict[str, int]:
    """A priority for each service: unique, the narrower route first, and nearly independent of the other services.

    Routes with hosts come before those without, longer paths before shorter ones, `/*` last; a route with several
    paths counts as its widest path. A priority is not a rank, so that it is stable: each path length has a band of
    numbers, and a hash of the service's name selects one in it. A new service therefore changes no other priority,
    unless two names select the same number (with ten paths of one length, in about one case in ten): then the later
    name gets the next free number. A priority in the settings is used unchanged, and the next number is kept for it.

    A service in `shifting`, whose traffic ECS shifts, gets another number than without: a change of the deployment
    strategy replaces the rule, and the new rule is created while the old one still serves. Each service has both
    numbers to itself, so that such a change moves no rule of another service. With a priority in the settings, the
    second is the next one.
    """
    stated = {name: route.priority for name, route in routes.items() if route.priority is not None}
    taken = {number for priority in stated.values() for number in (priority, priority + SHIFTED_OFFSET)}
    names = sorted(name for name, route in routes.items() if route.priority is None)
    # First those without a shift, so that a second number never moves one of them.
    numbers = [[_free(routes[name], name, shifted, taken) for name in names] for shifted in (False, True)]
    pairs = {name: pair for name, *pair in zip(names, *numbers, strict=True)}
    _order(routes, pairs)
    pairs |= {name: [number, number + SHIFTED_OFFSET] for name, number in stated.items()}
    return {name: pairs[name][name in shifting] for name in routes}


def _free(route: Route, name: str, shifted: bool, taken: set[int]) -> int:
    """The number that the name selects in the route's band, or the next free one; it is taken from now on."""
    band = _band(route)
    number = band.start + _digest(name, shifted) % len(band)
    while number in taken:
        number = number % MAX_PRIORITY + 1
    taken.add(number)
    return number


def _order(routes: Mapping[str, Route], pairs: dict[str, list[int]]) -> None:
    """Sort routes in one band that may match the same request: `/api/*/admin/*` before `/api/*/*`."""
    groups: dict[tuple[range, str], list[str]] = defaultdict(list)
    for name in pairs:
        groups[_band(routes[name]), _prefix(_widest(routes[name]))].append(name)
    for names in groups.values():
        narrowness = {name: _inverse(specificity(_widest(routes[name]))) for name in names}
        if len(set(narrowness.values())) == 1:
            continue
        numbers = sorted(number for name in names for number in pairs[name])
        for i, name in enumerate(sorted(names, key=lambda n: (narrowness[n], pairs[n]))):
            pairs[name] = numbers[2 * i : 2 * i + 2]


@dataclass(slots=True)
class _Layout:
    """Bands of priorities, from the narrowest routes to the widest, in one half of the numbers."""

    next_start: int = 1
    bands: dict[tuple[int, int], range] = field(default_factory=dict)

    def add(self, length: int, kind: int, width: int) -> None:
        self.bands[length, kind] = range(self.next_start, self.next_start + width)
        self.next_start += width


_EXACT, _INNER, _PREFIX, _ALL = range(4)


@cache
def _layout() -> Mapping[tuple[int, int], range]:
    """The band for each prefix length and kind: exact paths, paths with text after a wildcard, and plain prefixes."""
    layout = _Layout()
    for length in range(_MAX_PATH_LENGTH, 1, -1):
        common = length <= 24
        layout.add(length, _EXACT, 60 if common else 15)
        layout.add(length, _INNER, 60 if common else 15)
        layout.add(length, _PREFIX, 480 if common else 50)
    layout.add(1, _EXACT, 40)
    layout.add(1, _INNER, 200)
    layout.add(1, _PREFIX, 40)
    layout.add(1, _ALL, _HALF - layout.next_start + 1)
    return layout.bands


def _band(route: Route) -> range:
    pattern = _widest(route)
    prefix = len(_prefix(pattern))
    if pattern == CATCH_ALL:
        kind = _ALL
    elif prefix == len(pattern):
        kind = _EXACT
    else:
        kind = _PREFIX if pattern[prefix:] == "*" else _INNER
    band = _layout()[prefix, kind]
    return band if route.hosts else range(band.start + _HALF, band.stop + _HALF)


def _widest(route: Route) -> str:
    return min(route.paths, key=lambda path: (specificity(path), path))


def _prefix(pattern: str) -> str:
    """The text before the first wildcard."""
    return pattern.partition("*")[0].partition("?")[0]


def _inverse(specific: Specificity) -> tuple[int, ...]:
    return tuple(-part for part in specific)


def _digest(name: str, shifting: bool) -> int:
    text = f"{name} shifting" if shifting else name
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)
