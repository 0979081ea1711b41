"""How an ECS service is watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import pulumi

from components.compute.backlog import Backlog
from components.observability.alarm import AlarmArgs
from components.observability.dashboard import Chart, DashboardRow
from components.observability.monitoring import Monitoring
from components.values import Metric
from settings.compute.replicas import Replicas
from settings.observability import Area
from settings.observability.alarms import Alarms

__all__ = ["ServiceMetrics", "ServiceMonitoring", "service_metrics"]

# A dashboard has 500 widgets at most: with more services than these, a row shows several.
_ROW_EACH, _ROW_TOGETHER = 40, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMetrics:
    """The metrics of one service."""

    cpu: Metric
    """Percent."""
    memory: Metric
    """Percent."""
    running: Metric
    """Running tasks; published where the cluster has Container Insights."""
    tasks: Sequence[Metric]
    """Desired, running and pending tasks; published where the cluster has Container Insights."""


def service_metrics(name: str, cluster: pulumi.Input[str], service: pulumi.Input[str]) -> ServiceMetrics:
    """The metrics of the ECS service `service`; `name` is its name in the settings, for the labels."""
    dimensions = {"ClusterName": cluster, "ServiceName": service}
    tasks = {
        state: Metric(
            namespace="ECS/ContainerInsights",
            name=f"{state}TaskCount",
            dimensions=dimensions,
            label=f"{name} {state.lower()}",
        )
        for state in ("Desired", "Running", "Pending")
    }
    return ServiceMetrics(
        cpu=Metric(namespace="AWS/ECS", name="CPUUtilization", dimensions=dimensions, label=f"{name} CPU %"),
        memory=Metric(namespace="AWS/ECS", name="MemoryUtilization", dimensions=dimensions, label=f"{name} memory %"),
        running=tasks["Running"],
        tasks=list(tasks.values()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMonitoring(Monitoring):
    """Alarms on CPU and memory; a row of charts, or of many services one for every twenty.

    A service without tasks has no data, which counts as no load: one that is scaled to zero at night does not report
    each morning that it is well.
    """

    area: ClassVar[Area] = "services"
    name: str
    """The service's name in the settings."""
    metrics: ServiceMetrics
    replicas: Replicas
    container_insights: bool
    """Whether the number of tasks is published."""
    requests_per_target: Sequence[Metric]
    """Of its target groups, where a load balancer serves it."""
    backlog: Backlog | None

    def alarms(self, limits: Alarms) -> Mapping[str, AlarmArgs]:
        """See the base class."""
        return {
            "cpu": AlarmArgs(
                metric=self.metrics.cpu,
                comparison=">",
                threshold=limits.service_cpu_percent,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The service {self.name} used more than {limits.service_cpu_percent} % of its CPU for "
                "5 minutes. If a deployment has just ended, roll it back. If there are more requests than usual, raise "
                "replicas.max; otherwise look for a loop in its logs.",
            ),
            "memory": AlarmArgs(
                metric=self.metrics.memory,
                comparison=">",
                threshold=limits.service_memory_percent,
                minutes=5,
                treat_missing="notBreaching",
                description=f"The service {self.name} used more than {limits.service_memory_percent} % of its "
                "memory for 5 minutes; at 100 % its tasks are killed. If a deployment has just ended, roll it back. If "
                "memory grows with time, restart the service and look for the leak; otherwise raise memory.",
            ),
        }

    def row(self, limits: Alarms | None) -> DashboardRow:
        """See the base class."""
        replicas = self.replicas
        charts = [
            *_load([self], limits, cpu_target=replicas.cpu_percent, memory_target=replicas.memory_percent),
        ]
        if self.container_insights:
            charts.append(Chart(title="Tasks", metrics=self.metrics.tasks, marks=_bounds(replicas)))
        if replicas.requests_per_target is not None and self.requests_per_target:
            charts.append(
                Chart(
                    title="Requests a minute and task",
                    metrics=self.requests_per_target,
                    marks=_target(replicas.requests_per_target),
                )
            )
        if replicas.backlog_per_task is not None and self.backlog is not None:
            charts.append(
                Chart(
                    title="Messages for each task",
                    metrics=[self.backlog.per_task()],
                    marks=_target(replicas.backlog_per_task),
                )
            )
        return DashboardRow(title=f"Service {self.name}", charts=charts)

    @classmethod
    def rows(cls, monitored: Sequence[Self], limits: Alarms | None) -> Iterator[DashboardRow]:
        """See the base class."""
        if len(monitored) <= _ROW_EACH:
            yield from (service.row(limits) for service in monitored)
            return
        for first in range(0, len(monitored), _ROW_TOGETHER):
            group = monitored[first : first + _ROW_TOGETHER]
            one = len(group) == 1
            title = f"Service {group[0].name}" if one else f"Services {group[0].name} to {group[-1].name}"
            yield DashboardRow(title=title, charts=_load(group, limits))


def _load(
    services: Sequence[ServiceMonitoring],
    limits: Alarms | None,
    *,
    cpu_target: int | None = None,
    memory_target: int | None = None,
) -> list[Chart]:
    return [
        Chart(
            title="CPU",
            metrics=[service.metrics.cpu for service in services],
            threshold=limits and limits.service_cpu_percent,
            marks=_target(cpu_target),
        ),
        Chart(
            title="Memory",
            metrics=[service.metrics.memory for service in services],
            threshold=limits and limits.service_memory_percent,
            marks=_target(memory_target),
        ),
    ]


def _bounds(replicas: Replicas) -> Mapping[str, float]:
    """The bounds of the number of tasks; a schedule moves them, so that there is no line to draw."""
    if replicas.schedule or not replicas.autoscaled:
        return {}
    return {"at least": replicas.min, "at most": replicas.max}


def _target(value: float | None) -> Mapping[str, float]:
    return {} if value is None else {"autoscaling aims at": value}
