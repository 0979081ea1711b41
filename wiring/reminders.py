"""Reminders of secrets that only people can change."""

from __future__ import annotations

from components.observability.alarm import Alarm, AlarmArgs
from components.observability.reminders import Reminded, Reminders, RemindersArgs
from settings import Settings
from wiring.site import Site
from wiring.stores import Stores, secret_name
from wiring.watch import Watch

__all__ = ["reminders"]


def reminders(site: Site, settings: Settings, stores: Stores, watch: Watch) -> None:
    """Where a secret asks for it: word to the topic when its value has grown old, and an alarm if nobody looked."""
    wanted = {name: days for name, secret in settings.data.secrets.items() if (days := secret.remind_days) is not None}
    if not wanted:
        return
    made = Reminders(
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
            topic_arn=watch.topic.arn,
            topic_key_arn=watch.topic.key_arn,
            account_id=site.account_id,
            partition=site.partition,
        ),
        opts=site.inherit,
    )
    if settings.observability.alarms is None:
        return
    Alarm(
        "reminders-alarm",
        AlarmArgs(
            metric=made.failures,
            comparison=">=",
            threshold=1,
            minutes=5,
            treat_missing="notBreaching",
            description="The weekly look at the age of secrets failed, so that nobody was told of old ones. Nothing is "
            "urgent. Look at the last execution of the state machine reminders: it names the secret, and why. Mend it, "
            "and start an execution by hand, or wait for Monday.",
            actions=watch.causes,
        ),
        opts=site.inherit,
    )
