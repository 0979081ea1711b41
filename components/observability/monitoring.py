"""What a kind of component says about watching it: its alarms, and its row on a dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol

import pulumi

from components.observability.alarm import AlarmArgs
from components.observability.dashboard import DashboardRow
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["Monitored", "Monitoring", "Shows"]

Shows = Literal["symptom", "cause", "failure"]
"""`symptom`: what users notice; these are in a composite alarm. `cause`: what may become one. `failure`: a job that did
not take place, of which nothing else tells."""


class Monitoring:
    """The base of every `<kind>_monitoring`: a component publishes one as its attribute `monitoring`.

    Alarms are given without actions: who is notified is the stack's decision.
    """

    area: ClassVar[Area]
    """The dashboard that its row is on, where a stack has one for each area."""
    shows: ClassVar[Shows] = "cause"
    """What its alarms watch."""

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """The alarms by what they watch, such as `cpu`."""
        return {}

    def row(self, limits: Alarms | None) -> DashboardRow | None:
        """The row on a dashboard; `limits` are drawn as lines, and None where the stack has no alarms."""
        return None

    @classmethod
    def rows(cls, monitored: Sequence[Any], limits: Alarms | None) -> Iterator[DashboardRow]:
        """The rows of all components of this kind, which `monitored` are."""
        for monitoring in monitored:
            row = monitoring.row(limits)
            if row is not None:
                yield row


class Monitored(Protocol):
    """A component that is watched: `wiring/monitoring.py` makes its alarms and shows its row."""

    @property
    def monitoring(self) -> Monitoring:
        """How it is watched."""
        ...

    def child_name(self, role: str = "") -> str:
        """See `components.base.Component`."""
        ...

    def child_opts(self, **options: Any) -> pulumi.ResourceOptions:
        """See `components.base.Component`."""
        ...
