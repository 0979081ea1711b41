"""The alarm that rolls a service's deployment back."""

from __future__ import annotations

from components.edge.route import Route
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import total
from settings import Settings
from wiring.context import StackContext

__all__ = ["rollback_alarm"]


def rollback_alarm(ctx: StackContext, settings: Settings, name: str, route: Route | None) -> Alarm | None:
    """The alarm that rolls a service's deployment back: errors behind its route, in both of its target groups."""
    alarms = settings.observability.alarms
    if route is None or alarms is None or not settings.compute.services[name].deploy.rollback_on_alarms:
        return None
    return Alarm(
        f"{name}-rollback",
        AlarmArgs(
            metric=total(f"{name} 5xx", route.metrics.errors),
            comparison=">=",
            threshold=alarms.load_balancer_5xx,
            minutes=1,
            treat_missing="notBreaching",
            description=f"{name} answers with errors; a running deployment is rolled back. Read its log first.",
        ),
        opts=ctx.opts(f"compute.services.{name}"),
    )
