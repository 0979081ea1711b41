"""`networking.zones`: they are of the region of the stack."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.regions import zone_letters
from settings.rules.registry import reads
from settings.stack import Settings


@reads("region", "networking")
def _zones_of_region(settings: Settings) -> Iterator[Fault]:
    for i, zone in enumerate(settings.networking.zones):
        letters = zone_letters(settings.region)
        if zone[:-1] != settings.region:
            yield Fault(f"networking.zones[{i}]", f"{zone} is not in aws:region {settings.region}; name its zones")
        elif zone[-1] not in letters:
            yield Fault(
                f"networking.zones[{i}]",
                f"{zone} is not a zone: those of {settings.region} end with {', '.join(letters[:-1])} or {letters[-1]};"
                " choose one of them (`aws ec2 describe-availability-zones` lists yours)",
            )
