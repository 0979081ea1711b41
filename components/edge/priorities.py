"""Priorities of listener rules, worked out from the routes alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from settings.compute.route import Route

__all__ = ["CATCH_ALL", "assign", "specificity"]

CATCH_ALL = "/*"
LAST = 50000
_HALF = LAST // 2
_LONGEST = 128


class Specificity(NamedTuple):
    """How narrow a path pattern is. A pattern that takes only part of what another takes is never the smaller."""

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
    """A priority for each service: unique, the narrower route first, and the same whoever else is there.

    Routes with hosts come before those without, longer paths before shorter ones, `/*` last; a route of several paths
    counts as its widest one. To be stable, a priority is no rank: each length of path has a band of numbers, and a
    service takes one that its name chooses. So a new service leaves the others alone, unless two names choose the same
    number (with ten paths of one length, about one case in ten): then the names' order decides, and one moves on to
    the next free number. A priority in the settings is taken as it stands.

    A service in `shifting`, whose traffic ECS shifts, chooses another number than without: changing the deployment
    strategy replaces the rule, and the new one is made while the old one still serves.
    """
    taken = {route.priority: name for name, route in routes.items() if route.priority is not None}
    chosen: dict[str, int] = {}
    for name in sorted(name for name, route in routes.items() if route.priority is None):
        band = _band(routes[name])
        number = band.start + _digest(name, name in shifting) % len(band)
        while number in taken:
            number = number % LAST + 1
        taken[number] = name
        chosen[name] = number
    _order(routes, chosen)
    return {name: chosen.get(name) or route.priority or 0 for name, route in routes.items()}


def _order(routes: Mapping[str, Route], chosen: dict[str, int]) -> None:
    """Put in order those of one band that may take the same request: `/api/*/admin/*` before `/api/*/*`."""
    groups: dict[tuple[range, str], list[str]] = defaultdict(list)
    for name in chosen:
        groups[_band(routes[name]), _prefix(_widest(routes[name]))].append(name)
    for names in groups.values():
        numbers = sorted(chosen[name] for name in names)
        ordered = sorted(names, key=lambda n: (_inverse(specificity(_widest(routes[n]))), chosen[n]))
        chosen.update(zip(ordered, numbers, strict=True))


@dataclass(slots=True)
class _Layout:
    """Bands from the narrowest to the widest, in one half of the numbers."""

    at: int = 1
    bands: dict[tuple[int, int], range] = field(default_factory=dict)

    def add(self, length: int, kind: int, width: int) -> None:
        self.bands[length, kind] = range(self.at, self.at + width)
        self.at += width


_EXACT, _INNER, _PREFIX, _ALL = range(4)


@cache
def _layout() -> Mapping[tuple[int, int], range]:
    """Prefix length and kind -> numbers: exact paths, those with text behind a wildcard, and plain prefixes."""
    layout = _Layout()
    for length in range(_LONGEST, 1, -1):
        common = length <= 24
        layout.add(length, _EXACT, 60 if common else 15)
        layout.add(length, _INNER, 60 if common else 15)
        layout.add(length, _PREFIX, 480 if common else 50)
    layout.add(1, _EXACT, 40)
    layout.add(1, _INNER, 200)
    layout.add(1, _PREFIX, 40)
    layout.add(1, _ALL, _HALF - layout.at + 1)
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
