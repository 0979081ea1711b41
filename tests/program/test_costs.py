"""The dev stack stays below 60 USD a month, and its documentation says what it costs."""

from __future__ import annotations

import re

from preview import run
from tests.program.costs import FREE, PRICES, monthly
from tests.stacks import planned

FILE, MOST = "Pulumi.dev.yaml", 60


def costs() -> dict[str, float]:
    """USD a month by the type that is paid for; one task runs, and an instance is paid by its template."""
    phase = planned(FILE).phases["deployed"]
    by_urn = phase.by_urn()
    found: dict[str, float] = {}
    for urn, price in monthly(phase, {"api": 1}).items():
        kind = by_urn[urn].type.rpartition(":")[2]
        found[kind] = found.get(kind, 0) + price
    return found


def test_every_type_has_its_price_or_is_free() -> None:
    types = {r.type for r in planned(FILE).phases["deployed"].records if r.custom and r.type.startswith("aws:")}
    assert sorted(types - PRICES.keys() - FREE) == []
    assert sorted(FREE & PRICES.keys()) == []


def test_less_than_sixty_dollars_a_month() -> None:
    assert 40 < sum(costs().values()) < MOST


def test_the_documentation_tells_these_prices() -> None:
    text = (run.ROOT / "docs" / "costs.md").read_text()
    told = {kind: float(price) for kind, price in re.findall(r"^\| `(\w+)` \|.*\| ([\d.]+) \|$", text, re.MULTILINE)}
    assert told == {kind: round(price, 1) for kind, price in costs().items()}
