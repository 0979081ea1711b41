"""`networking.zones`: they are of the region of the stack."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


@reads("region", "networking")
def _zones_of_region(settings: Settings) -> Iterator[Fault]:
    for i, zone in enumerate(settings.networking.zones):
        if not zone.startswith(settings.region):
            yield Fault(f"networking.zones[{i}]", f"{zone} is not in aws:region {settings.region}; name its zones")
