"""Whether a subnet is private or public, or which of the two cannot be determined; and how several answers combine.

The rules that use it are in `rules/placement.py`; `network.py` follows the routes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SubnetKind = Literal["private", "public", "undecided"]


@dataclass(frozen=True, slots=True)
class Placement:
    """The kind of a subnet and, when it is undecided, the reason."""

    kind: SubnetKind
    reason: str = ""


PRIVATE = Placement("private")
PUBLIC = Placement("public")


def worst(placements: Sequence[Placement]) -> Placement:
    """The placement that several routes make together: one route to the internet is enough."""
    for kind in ("public", "undecided"):
        for placement in placements:
            if placement.kind == kind:
                return placement
    return PRIVATE


def agree(placements: Sequence[Placement]) -> Placement:
    """The placement of one of several candidates: decided only when all candidates have the same."""
    if len({placement.kind for placement in placements}) == 1:
        return placements[0]
    return next(
        (placement for placement in placements if placement.kind == "undecided"),
        Placement("undecided", "it may be one of several subnets, and some of them are public"),
    )
