"""Notifications of events of AWS services, as sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.json_text import json_text
from components.observability.chat_message import chat_message

__all__ = ["EventNotification", "EventNotificationArgs", "Message"]

_REASON = "reason"
# The limits of PutTargets and of Slack.
_LONGEST_TEMPLATE = 8192
_LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The message. `title` and `next_steps` may contain `<name>` of `values`, whose texts have no quotes."""

    title: str
    """What happened, to what."""
    reason: str
    """Path of AWS's own text in the event, such as `$.detail.reason`; it may contain any character."""
    next_steps: Sequence[str]
    """What to check, in this order."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Path in the event of each value, by its name."""

    def __post_init__(self) -> None:
        if _REASON in self.values:
            raise ValueError(f"the message {self.title!r} calls a value {_REASON}, which is reserved; rename it")
        if len(self.title) > _LONGEST_TITLE or len(self.template) > _LONGEST_TEMPLATE:
            raise ValueError(f"the message {self.title!r} is too long; shorten it")

    @property
    def template(self) -> str:
        """The message with placeholders for its values.

        The reason is outside of quotes, so that EventBridge quotes it, whatever it contains.
        """
        body = chat_message(self.title, f"<{_REASON}>", self.next_steps)
        return json.dumps(body, ensure_ascii=False, indent=1).replace(f'"<{_REASON}>"', f"<{_REASON}>")

    @property
    def paths(self) -> dict[str, str]:
        """Every value of the template with its path."""
        return {_REASON: self.reason, **self.values}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotificationArgs:
    """Arguments of `EventNotification`."""

    what: str
    """The rule's description in AWS."""
    pattern: Mapping[str, Any]
    """The events."""
    message: Message
    """What people receive."""
    topic_arn: pulumi.Input[str]
    """The topic that is notified."""


class EventNotification(Component):
    """Notifies a topic of events; free of charge.

    Creates: an EventBridge rule and its target. Guarantees: people read sentences, in Slack as in an e-mail; a
    failed delivery is retried for an hour.
    """

    def __init__(self, name: str, args: EventNotificationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        rule = aws.cloudwatch.EventRule(
            self.child_name(), description=args.what, event_pattern=json_text(args.pattern), opts=self.child_opts()
        )
        aws.cloudwatch.EventTarget(
            self.child_name("target"),
            rule=rule.name,
            arn=args.topic_arn,
            input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                input_paths=dict(sorted(args.message.paths.items())), input_template=args.message.template
            ),
            # An older notification is of no use.
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=3600, maximum_retry_attempts=185
            ),
            opts=self.child_opts(),
        )
        self.done()
