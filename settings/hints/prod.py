"""`environment: prod`: what a production stack may go without, and seldom should."""

from __future__ import annotations

from collections.abc import Iterator

from settings.hints.registry import hints_at
from settings.model import Hint
from settings.stack import Settings


@hints_at
def _protect(settings: Settings) -> Iterator[Hint]:
    if settings.environment == "prod" and not settings.protected:
        yield Hint("protect", "is off: this prod stack and its data can be destroyed")


@hints_at
def _recipients(settings: Settings) -> Iterator[Hint]:
    seen = settings.observability
    told = seen.emails or seen.slack or seen.alarm_actions
    if settings.environment == "prod" and seen.alarms is not None and not told:
        yield Hint(
            "observability.alarms",
            "reach nobody; write emails: [team@example.com], slack or alarm_actions under observability",
        )
