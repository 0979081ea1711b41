"""`observability.dashboards`: what a stack has must fit on its dashboards."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

# PutDashboard's limit.
_MAX_WIDGETS = 500
# A title and at least so many charts; more charts of a kind only make the dashboard larger.
_WIDGETS = {"postgres": 5, "redis": 5, "queues": 5, "buckets": 3}


def fewest_widgets(settings: Settings) -> dict[str, int]:
    """Widgets that the dashboard of each area has at least."""
    data = sum(widgets * len(getattr(settings.data, kind)) for kind, widgets in _WIDGETS.items())
    charts = [
        {metric.chart or name for name, metric in namespace.metrics.items()}
        for namespace in settings.observability.custom_metrics.values()
    ]
    return {"data": data, "application": sum(1 + len(titles) for titles in charts if titles)}


@reads("data", "observability")
def _fits(settings: Settings) -> Iterator[Fault]:
    dashboards, fewest = settings.observability.dashboards, fewest_widgets(settings)
    if dashboards == "none":
        return
    widgets = sum(fewest.values()) if dashboards == "stack" else max(fewest.values())
    if widgets > _MAX_WIDGETS:
        areas_fit = dashboards == "stack" and max(fewest.values()) <= _MAX_WIDGETS
        yield Fault(
            "observability.dashboards",
            f"is {dashboards}, and a dashboard with {widgets} widgets or more is over CloudWatch's limit of "
            f"{_MAX_WIDGETS}; write {'areas' if areas_fit else 'none'}",
        )
