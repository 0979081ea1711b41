"""Reminders of secrets that only people can change."""

from __future__ import annotations

from components.observability.reminders import Reminders, RemindersArgs, WatchedSecret
from settings import Settings
from wiring.alarms import build_alarms
from wiring.context import StackContext
from wiring.data import DataStores, secret_name
from wiring.monitoring import StackMonitoring

__all__ = ["build_reminders"]


def build_reminders(ctx: StackContext, settings: Settings, data: DataStores, monitoring: StackMonitoring) -> None:
    """Reminders of the secrets that ask for one, and an alarm on a check that failed."""
    remind_days = {
        name: days for name, secret in settings.data.secrets.items() if (days := secret.remind_days) is not None
    }
    if not remind_days:
        return
    reminders = Reminders(
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
                for name, days in sorted(remind_days.items())
            ],
            topic_arn=monitoring.topic.arn,
            topic_key_arn=monitoring.topic.key_arn,
            account=ctx.account,
        ),
        opts=ctx.opts("data.secrets"),
    )
    limits = settings.observability.alarms
    if limits is not None:
        build_alarms([reminders], limits, monitoring.cause_actions)
