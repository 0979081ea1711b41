"""Who is told of a bucket's new or removed objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from settings.notify import Notify

__all__ = ["BucketNotifications", "BucketNotificationsArgs"]

_EVENTS = {"created": "s3:ObjectCreated:*", "removed": "s3:ObjectRemoved:*"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketNotificationsArgs:
    """Arguments of `BucketNotifications`."""

    bucket: pulumi.Input[str]
    """The bucket's name in AWS."""
    notify: Sequence[Notify]
    """What the stack's settings say about it, all of it: a bucket has one configuration."""
    queue_arns: Mapping[str, pulumi.Input[str]]
    """The queues by their name in the settings."""
    ready: Sequence[pulumi.Resource] = ()
    """The policies that let S3 send to them."""
    event_bus: bool = False
    """Also tell the account's event bus, from which AWS Backup learns what has changed; about 1 USD a million events.
    AWS Backup would switch that on by itself, and this configuration off again."""


class BucketNotifications(Component):
    """Messages about a bucket's objects, free of charge but for the queues' own.

    Creates: the bucket's one notification configuration.
    Guarantees: set up only once the queues let S3 send, since S3 tries that out with a message, and refuses otherwise.
    """

    def __init__(self, name: str, args: BucketNotificationsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        aws.s3.BucketNotification(
            self.named(),
            bucket=args.bucket,
            eventbridge=args.event_bus or None,
            queues=[
                aws.s3.BucketNotificationQueueArgs(
                    id=f"{notify.queue}-{i}",
                    queue_arn=args.queue_arns[notify.queue],
                    events=[_EVENTS[event] for event in sorted(set(notify.events))],
                    filter_prefix=notify.prefix or None,
                    filter_suffix=notify.suffix or None,
                )
                for i, notify in enumerate(args.notify)
            ]
            or None,
            opts=self.inside(depends_on=list(args.ready)),
        )
        self.done()
