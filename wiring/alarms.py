"""The alarms of components that are watched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pulumi

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.monitoring import Monitored
from settings.observability.alarms import Alarms

__all__ = ["build_alarms"]


def build_alarms(
    monitored: Iterable[Monitored], limits: Alarms, actions: Sequence[pulumi.Input[str]]
) -> list[AlarmSet]:
    """The alarms of these components, below each of them."""
    return [
        AlarmSet(
            component.child_name("alarms"), AlarmSetArgs(alarms=alarms, actions=actions), opts=component.child_opts()
        )
        for component in monitored
        if (alarms := component.monitoring.alarms(limits))
    ]
