"""Reminders of secrets that only people can change."""

from __future__ import annotations

from components.observability.alarm import Alarm, AlarmArgs
from components.observability.reminders import Reminders, RemindersArgs, WatchedSecret
from settings import Settings
from wiring.context import StackContext
from wiring.data import DataStores, secret_name
from wiring.monitoring import Monitoring

__all__ = ["build_reminders"]


def build_reminders(ctx: StackContext, settings: Settings, data: DataStores, monitoring: Monitoring) -> None:
    """Where a secret asks for it: word to the topic when its value has grown old, and an alarm if nobody looked."""
    wanted = {name: days for name, secret in settings.data.secrets.items() if (days := secret.remind_days) is not None}
    if not wanted:
        return
    made = Reminders(
        "reminders",
        RemindersArgs(
            secrets=[
                WatchedSecret(
                    name=secret_name(ctx, name, settings.secret(name)),
                    arn=data.secrets[name].arn,
                    store=settings.secret(name).store,
                    days=days,
                    description=settings.secret(name).description[:500],
                )
                for name, days in sorted(wanted.items())
            ],
            topic_arn=monitoring.topic.arn,
            topic_key_arn=monitoring.topic.key_arn,
            account=ctx.account,
        ),
        opts=ctx.opts("data.secrets"),
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
            actions=monitoring.causes,
        ),
        opts=ctx.opts("data.secrets"),
    )
