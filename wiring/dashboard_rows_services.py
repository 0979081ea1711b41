"""What runs: the services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from components.compute.service import Service
from components.observability.dashboard import Chart, DashboardRow
from settings.compute.replicas import Replicas
from wiring.dashboard_source import DashboardSource

__all__ = ["services"]

_APART, _TOGETHER = 40, 20


def services(source: DashboardSource) -> Iterator[DashboardRow]:
    """A row for each service; where there are many, a row for each score, since a dashboard has 500 widgets at most."""
    found = list(source.compute.services.items())
    if len(found) <= _APART:
        yield from (_alone(source, name, service) for name, service in found)
        return
    for first in range(0, len(found), _TOGETHER):
        group = found[first : first + _TOGETHER]
        names = [name for name, _ in group]
        title = f"Service {names[0]}" if len(group) == 1 else f"Services {names[0]} to {names[-1]}"
        yield DashboardRow(title=title, charts=_load(source, [service for _, service in group]))


def _alone(source: DashboardSource, name: str, service: Service) -> DashboardRow:
    replicas = source.settings.compute.services[name].replicas
    aims = {
        "CPU": _mark("autoscaling aims at", replicas.cpu_percent),
        "Memory": _mark("autoscaling aims at", replicas.memory_percent),
    }
    charts = _load(source, [service], aims)
    if source.settings.compute.insights != "disabled":
        charts.append(Chart(title="Tasks", metrics=service.metrics.tasks, marks=_capacity(replicas)))
    if replicas.requests_per_target is not None and name in source.edge.routes:
        charts.append(
            Chart(
                title="Requests a minute and task",
                metrics=source.edge.routes[name].metrics.requests_per_target,
                marks=_mark("autoscaling aims at", replicas.requests_per_target),
            )
        )
    if service.backlog is not None and replicas.backlog_per_task is not None:
        charts.append(
            Chart(
                title="Messages for each task",
                metrics=[service.backlog.per_task()],
                marks=_mark("autoscaling aims at", replicas.backlog_per_task),
            )
        )
    return DashboardRow(title=f"Service {name}", charts=charts)


def _load(
    source: DashboardSource, group: Sequence[Service], aims: Mapping[str, Mapping[str, float]] | None = None
) -> list[Chart]:
    limits, marks = source.thresholds, aims or {}
    cpu = limits.service_cpu_percent if limits else None
    memory = limits.service_memory_percent if limits else None
    return [
        Chart(title="CPU", metrics=[one.metrics.cpu for one in group], threshold=cpu, marks=marks.get("CPU", {})),
        Chart(
            title="Memory",
            metrics=[one.metrics.memory for one in group],
            threshold=memory,
            marks=marks.get("Memory", {}),
        ),
    ]


def _capacity(replicas: Replicas) -> Mapping[str, float]:
    """The bounds of the number of tasks; a schedule moves them, so that there is no line to draw."""
    if replicas.schedule or not replicas.autoscaled:
        return {}
    return {"at least": replicas.min, "at most": replicas.max}


def _mark(label: str, at: float | None) -> Mapping[str, float]:
    return {} if at is None else {label: at}
