"""The three answers to where a subnet lies, and how several of them combine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Place = Literal["private", "public", "undecided"]


@dataclass(frozen=True, slots=True)
class Placement:
    """A place and, when it is undecided, the reason in words."""

    place: Place
    why: str = ""


PRIVATE = Placement("private")
PUBLIC = Placement("public")


def worst(places: Sequence[Placement]) -> Placement:
    """Routes add up: one that leads out decides."""
    for wanted in ("public", "undecided"):
        for place in places:
            if place.place == wanted:
                return place
    return PRIVATE


def agree(places: Sequence[Placement]) -> Placement:
    """Candidates must agree: one of them is meant, and nobody can say which."""
    kinds = {place.place for place in places}
    if len(kinds) == 1:
        return places[0]
    return next(
        (place for place in places if place.place == "undecided"),
        Placement("undecided", "public and private subnets cannot be told apart"),
    )
