"""Event notifications of a bucket."""

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
    """All notifications of the bucket in the stack's settings: S3 keeps one configuration for each bucket."""
    queue_arns: Mapping[str, pulumi.Input[str]]
    """The queues by their name in the settings."""
    dependencies: Sequence[pulumi.Resource] = ()
    """The policies that let S3 send to them."""
    event_bus: bool = False
    """Also send events to the account's event bus, which AWS Backup needs; about 1 USD for a million events. AWS
    Backup enables it by itself, and this configuration would disable it again."""


class BucketNotifications(Component):
    """Messages about created and removed objects; free of charge but for the queues' own cost.

    Creates: the bucket's one notification configuration.
    Guarantees: created after the queues' policies, since S3 validates the configuration with a test message.
    """

    def __init__(self, name: str, args: BucketNotificationsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        aws.s3.BucketNotification(
            self.child_name(),
            bucket=args.bucket,
            eventbridge=args.event_bus or None,
            queues=[
                aws.s3.BucketNotificationQueueArgs(
                    id=f"{notification.queue}-{i}",
                    queue_arn=args.queue_arns[notification.queue],
                    events=[_EVENTS[event] for event in sorted(set(notification.events))],
                    filter_prefix=notification.prefix or None,
                    filter_suffix=notification.suffix or None,
                )
                for i, notification in enumerate(args.notifications)
            ]
            or None,
            opts=self.child_opts(depends_on=list(args.dependencies)),
        )
        self.done()
