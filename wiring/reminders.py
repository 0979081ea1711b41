"""Reminders of secrets that only people can change."""

from __future__ import annotations

from components.observability.reminders import Reminded, Reminders, RemindersArgs
from components.observability.topic import Topic
from settings import Settings
from wiring.site import Site
from wiring.stores import Stores, secret_name

__all__ = ["reminders"]


def reminders(site: Site, settings: Settings, stores: Stores, topic: Topic) -> None:
    """Where a secret asks for it: word to the topic when its value has grown old."""
    wanted = {name: days for name, secret in settings.data.secrets.items() if (days := secret.remind_days) is not None}
    if not wanted:
        return
    Reminders(
        "reminders",
        RemindersArgs(
            secrets=[
                Reminded(
                    name=secret_name(site, name, settings.secret(name)),
                    arn=stores.secrets[name].arn,
                    store=settings.secret(name).store,
                    days=days,
                    description=settings.secret(name).description[:500],
                )
                for name, days in sorted(wanted.items())
            ],
            topic_arn=topic.arn,
            topic_key_arn=topic.key_arn,
            account_id=site.account_id,
            partition=site.partition,
        ),
        opts=site.inherit,
    )
