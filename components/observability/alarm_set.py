"""The alarms of one component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pulumi

from components.base import Component
from components.observability.alarm import Alarm, AlarmArgs

__all__ = ["AlarmSet", "AlarmSetArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSetArgs:
    """Arguments of `AlarmSet`."""

    alarms: Mapping[str, AlarmArgs]
    """The alarms by what they watch, which is the end of their names."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that each of them notifies."""


class AlarmSet(Component):
    """The alarms of one component, about 0.10 USD a month each.

    Creates: an alarm for each. Guarantees: all notify the same actions.
    """

    def __init__(self, name: str, args: AlarmSetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        alarms = [
            Alarm(self.child_name(role), replace(alarm, actions=args.actions), self.child_opts())
            for role, alarm in args.alarms.items()
        ]
        self.names: Sequence[pulumi.Output[str]] = [alarm.name for alarm in alarms]
        self.done()
