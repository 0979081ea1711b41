"""Who is told of a bucket's new or removed objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from settings.data.bucket_notifications import BucketNotification

__all__ = ["BucketNotifications", "BucketNotificationsArgs"]

_EVENTS = {"created": "s3:ObjectCreated:*", "removed": "s3:ObjectRemoved:*"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketNotificationsArgs:
    """Arguments of `BucketNotifications`."""

    bucket: pulumi.Input[str]
    """The bucket's name in AWS."""
    notifications: Sequence[BucketNotification]
    """What the stack's settings say about it, all of it: a bucket has one configuration."""
    queue_arns: Mapping[str, pulumi.Input[str]]
    """The queues by their name in the settings."""
    dependencies: Sequence[pulumi.Resource] = ()
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
            self.child_name(),
            bucket=args.bucket,
            eventbridge=args.event_bus or None,
            queues=[
                aws.s3.BucketNotificationQueueArgs(
                    id=f"{notifications.queue}-{i}",
                    queue_arn=args.queue_arns[notifications.queue],
                    events=[_EVENTS[event] for event in sorted(set(notifications.events))],
                    filter_prefix=notifications.prefix or None,
                    filter_suffix=notifications.suffix or None,
                )
                for i, notifications in enumerate(args.notifications)
            ]
            or None,
            opts=self.child_opts(depends_on=list(args.dependencies)),
        )
        self.done()
