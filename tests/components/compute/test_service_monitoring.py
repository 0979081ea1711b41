"""How a service is watched: alarms on its load, and its row, which many services share."""

from __future__ import annotations

from typing import Any

import pytest

from components.compute.backlog import Backlog
from components.compute.service_monitoring import ServiceMonitoring, service_metrics
from components.data.queue_monitoring import queue_metrics
from components.values import Metric
from settings.compute.replicas import Replicas
from settings.observability.alarms import Alarms
from tests.components.monitoring import Condition, assert_described, condition, drawn, thresholds, watched

LIMITS = Alarms(service_cpu_percent=71, service_memory_percent=72)
REQUESTS = [Metric(namespace="AWS/ApplicationELB", name="RequestCountPerTarget", dimensions={}, statistic="Sum")]


def service(name: str = "api", replicas: dict[str, Any] | None = None, **values: Any) -> ServiceMonitoring:
    defaults: dict[str, Any] = {"container_insights": True, "requests_per_target": (), "backlog": None}
    return ServiceMonitoring(
        name=name,
        metrics=service_metrics(name, "main", f"{name}-1"),
        replicas=Replicas.model_validate(replicas or {}),
        **{**defaults, **values},
    )


@pytest.mark.parametrize(
    ("what", "metric", "threshold"), [("cpu", "CPUUtilization", 71), ("memory", "MemoryUtilization", 72)]
)
def test_alarms(what: str, metric: str, threshold: int) -> None:
    alarm = service().alarms(LIMITS)[what]
    assert watched(alarm) == [("AWS/ECS", metric, "Average")]
    assert isinstance(alarm.metric, Metric)
    assert alarm.metric.dimensions == {"ClusterName": "main", "ServiceName": "api-1"}
    # Otherwise a service that is scaled to zero at night goes from no data to OK each morning, which notifies people.
    assert condition(alarm) == Condition(">", threshold, 5, missing="notBreaching")


def test_alarms_say_what_to_do() -> None:
    mentions = {
        "cpu": ("service api", "71 %", "roll it back", "raise replicas.max"),
        "memory": ("service api", "72 %", "roll it back", "restart the service", "raise memory"),
    }
    assert_described(service().alarms(LIMITS), mentions=mentions)


def test_row() -> None:
    row = service().row(LIMITS)
    assert row.title == "Service api"
    assert drawn(row) == {
        "CPU": ["CPUUtilization"],
        "Memory": ["MemoryUtilization"],
        "Tasks": ["DesiredTaskCount", "RunningTaskCount", "PendingTaskCount"],
    }
    assert thresholds(row) == {"CPU": 71, "Memory": 72}
    assert thresholds(service().row(None)) == {}
    assert "Tasks" not in drawn(service(container_insights=False).row(LIMITS))


def test_marks_are_what_autoscaling_aims_at() -> None:
    metrics = service_metrics("api", "main", "api-1")
    backlog = Backlog(queues=[queue_metrics("jobs", "jobs-1", "jobs-dead-1")], running=metrics.running)
    replicas = {
        "min": 2,
        "max": 6,
        "cpu_percent": 60,
        "memory_percent": 70,
        "requests_per_target": 500,
        "backlog_per_task": 30,
    }
    charts = service(replicas=replicas, requests_per_target=REQUESTS, backlog=backlog).row(None).charts
    assert {chart.title: chart.marks for chart in charts} == {
        "CPU": {"autoscaling aims at": 60},
        "Memory": {"autoscaling aims at": 70},
        "Tasks": {"at least": 2, "at most": 6},
        "Requests a minute and task": {"autoscaling aims at": 500},
        "Messages for each task": {"autoscaling aims at": 30},
    }


@pytest.mark.parametrize("replicas", [{}, {"min": 3, "max": 3}])
def test_a_fixed_number_has_no_marks(replicas: dict[str, Any]) -> None:
    charts = service(replicas=replicas, requests_per_target=REQUESTS).row(None).charts
    assert {chart.title: chart.marks for chart in charts} == {"CPU": {}, "Memory": {}, "Tasks": {}}


@pytest.mark.parametrize("number", [1, 40])
def test_a_row_for_each_service(number: int) -> None:
    services = [service(f"s{i}") for i in range(number)]
    assert [row.title for row in ServiceMonitoring.rows(services, LIMITS)] == [f"Service s{i}" for i in range(number)]


def test_many_services_share_rows() -> None:
    """A dashboard has 500 widgets at most."""
    rows = list(ServiceMonitoring.rows([service(f"s{i}") for i in range(41)], LIMITS))
    assert [row.title for row in rows] == ["Services s0 to s19", "Services s20 to s39", "Service s40"]
    assert drawn(rows[0]) == {"CPU": ["CPUUtilization"] * 20, "Memory": ["MemoryUtilization"] * 20}
    assert thresholds(rows[0]) == {"CPU": 71, "Memory": 72}
