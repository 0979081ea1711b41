"""CloudWatch metrics of an ECS service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.values import Metric

__all__ = ["ServiceMetrics", "service_metrics"]


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
