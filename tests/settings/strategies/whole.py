"""Whole random stacks."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import settings
from settings.references import references
from tests.settings.strategies.data import data
from tests.settings.strategies.edge import edge
from tests.settings.strategies.frame import Frame, as_values, maybe
from tests.settings.strategies.monitoring import observability
from tests.settings.strategies.network import networking
from tests.settings.strategies.services import NAMES, service
from tests.settings.strategies.tasks import tasks_and_schedules

__all__ = ["consistent", "sound"]


@st.composite
def sound(draw: st.DrawFn) -> dict[str, Any]:
    """The areas of a sound stack, with every output that it can have."""
    areas = draw(consistent())
    there = references(settings.parse(as_values(areas), "agent-platform", "dev"))
    return {**areas, "outputs": {f"o{i}": reference for i, reference in enumerate(there)}}


@st.composite
def consistent(draw: st.DrawFn) -> dict[str, Any]:
    """The areas of a sound stack."""
    frame = Frame(
        region=draw(st.sampled_from(["us-east-1", "eu-central-1"])),
        prod=draw(st.booleans()),
        closed=draw(st.integers(0, 3)) == 0,
        existing=draw(st.integers(0, 3)) == 0,
        entry=draw(st.sampled_from(["", "api", "distribution"])),
        insights=draw(st.sampled_from(["enabled", "enhanced", "disabled"])),
    )
    stores = draw(data(frame))
    services: dict[str, Any] = {}
    least = draw(st.sampled_from([0, 1, 1, 2]))
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=least, max_size=3)):
        services[name] = draw(service(frame, name, stores, services))
    entry = draw(edge(frame, services))
    copies = {"files_image": frame.images[0], "collector_image": frame.images[0]} if frame.closed else {}
    return {
        "region": frame.region,
        "environment": "prod" if frame.prod else "dev",
        "networking": draw(networking(frame)),
        "data": stores,
        "compute": {
            "services": services,
            "insights": frame.insights,
            **draw(tasks_and_schedules(frame, stores, services)),
            **copies,
        },
        "edge": entry,
        "observability": draw(observability(frame, stores, services)),
        **draw(maybe("protect", st.booleans())),
        **draw(maybe("tags", st.just({"Team": "a b"}))),
    }
