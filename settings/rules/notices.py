"""Who is told: what only some partitions have."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

# China and GovCloud, whose accounts are billed elsewhere, or in another currency.
_APART = ("cn-", "us-gov-")


@reads("region", "observability")
def _partition(settings: Settings) -> Iterator[Fault]:
    if not settings.region.startswith(_APART):
        return
    if settings.observability.slack is not None:
        yield Fault(
            "observability.slack",
            f"is not to be had from {settings.region}, where AWS has no chat service; remove it, and write "
            "observability.emails",
        )
    if settings.observability.budget is not None:
        yield Fault(
            "observability.budget",
            f"is in USD, in which {settings.region} keeps no budgets; remove it, and set one where the account is "
            "billed",
        )
