"""A composite alarm: one notification for each outage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["CompositeAlarm", "CompositeAlarmArgs"]

# The limits of PutCompositeAlarm.
_MOST_CHILDREN = 100
_MOST_ACTIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeAlarmArgs:
    """Arguments of `CompositeAlarm`."""

    alarm_name: str
    """Its name in AWS, which is in the message."""
    symptoms: Sequence[pulumi.Input[str]]
    """Names of the alarms on what users notice."""
    description: str
    """What happened and what to do, for somebody who has just been paged."""
    actions: Sequence[pulumi.Input[str]] = ()
    """ARNs that are notified."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.symptoms) <= _MOST_CHILDREN:
            raise ValueError(f"a composite alarm watches 1 to {_MOST_CHILDREN} alarms, not {len(self.symptoms)}")
        if len(self.actions) > _MOST_ACTIONS:
            raise ValueError(f"an alarm has more than {_MOST_ACTIONS} actions")


class CompositeAlarm(Component):
    """A composite alarm over the alarms on what users notice, 0.50 USD a month.

    Creates: the composite alarm. Guarantees: it fires with the first symptom and is over with the last, so that there
    is one message for each outage, which names the alarms that are in ALARM.
    """

    def __init__(self, name: str, args: CompositeAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        rule = pulumi.Output.all(*args.symptoms).apply(
            lambda names: " OR ".join(f'ALARM("{symptom}")' for symptom in names)
        )
        alarm = aws.cloudwatch.CompositeAlarm(
            self.child_name(),
            alarm_name=args.alarm_name,
            alarm_rule=rule,
            alarm_description=args.description,
            alarm_actions=list(args.actions),
            ok_actions=list(args.actions),
            opts=self.child_opts(),
        )
        self.arn = alarm.arn
        self.done(arn=self.arn)
