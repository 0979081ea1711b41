"""The alarms of services, load balancers and databases."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pytest
from components.observability.database_alarms import DatabaseAlarms, DatabaseAlarmsArgs
from components.observability.service_alarms import (
    LoadBalancerAlarms,
    LoadBalancerAlarmsArgs,
    ServiceAlarms,
    ServiceAlarmsArgs,
)

from components.data.postgres_monitoring import postgres_metrics
from components.values import Metric
from preview.plan import Plan
from settings.observability import Alarms
from tests.recording import children, one, record

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
LIMITS = Alarms(
    service_cpu_percent=71,
    service_memory_percent=72,
    load_balancer_5xx=13,
    database_cpu_percent=74,
    database_free_storage_gb=6,
)


def metric(namespace: str, name: str, statistic: str = "Average") -> Metric:
    return Metric(namespace=namespace, name=name, dimensions={"Of": "it"}, statistic=statistic)  # type: ignore[arg-type]


def service() -> ServiceAlarms:
    return ServiceAlarms(
        "api-alarms",
        ServiceAlarmsArgs(
            service="api",
            cpu=metric("AWS/ECS", "CPUUtilization"),
            memory=metric("AWS/ECS", "MemoryUtilization"),
            thresholds=LIMITS,
            actions=[TOPIC],
        ),
    )


def load_balancer(limits: Alarms = LIMITS) -> LoadBalancerAlarms:
    names = ("HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count")
    return LoadBalancerAlarms(
        "entry-alarms",
        LoadBalancerAlarmsArgs(
            entry="The load balancer",
            errors=[metric("AWS/ApplicationELB", name, "Sum") for name in names],
            requests=metric("AWS/ApplicationELB", "RequestCount", "Sum"),
            thresholds=limits,
            actions=[TOPIC],
        ),
    )


def database(limits: Alarms = LIMITS) -> DatabaseAlarms:
    metrics = postgres_metrics("test-main")
    return DatabaseAlarms(
        "main-alarms",
        DatabaseAlarmsArgs(
            database="main",
            cpu=metrics.cpu,
            free_storage=metrics.free_storage,
            connections=metrics.connections,
            slow_statements=metric("AgentPlatform/test", "StatementDuration-main"),
            thresholds=limits,
            actions=[TOPIC],
        ),
    )


def all_of_load_balancer() -> LoadBalancerAlarms:
    return load_balancer(LIMITS.model_copy(update={"error_rate_percent": 1, "error_rate_min_requests": 100}))


def all_of_database() -> DatabaseAlarms:
    return database(LIMITS.model_copy(update={"database_connections": 80, "slow_query_ms": 1000}))


def recorded(make: Callable[[], ServiceAlarms | LoadBalancerAlarms | DatabaseAlarms]) -> Plan:
    return record(lambda: pulumi.export("names", list(make().names)))


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (service, ["api-alarms-cpu", "api-alarms-memory"]),
        (load_balancer, ["entry-alarms-5xx"]),
        (all_of_load_balancer, ["entry-alarms-5xx", "entry-alarms-error-rate"]),
        (database, ["main-alarms-cpu", "main-alarms-storage"]),
        (all_of_database, [f"main-alarms-{what}" for what in ("connections", "cpu", "slow-statements", "storage")]),
    ],
)
def test_children_tell_somebody_what_to_do(
    make: Callable[[], ServiceAlarms | LoadBalancerAlarms | DatabaseAlarms], names: list[str]
) -> None:
    plan = recorded(make)
    for phase in plan.phases.values():
        assert children(phase) == [(ALARM, name) for name in names]
        for name in names:
            inputs = one(phase, ALARM, name).inputs
            assert inputs["alarmActions"] == inputs["okActions"] == [TOPIC]
            assert 80 < len(inputs["alarmDescription"]) <= 1024
    outputs = sorted(plan.phases["deployed"].outputs["names"])
    assert outputs == [one(plan.phases["deployed"], ALARM, name).outputs["name"] for name in names]


@pytest.mark.parametrize(
    ("make", "name", "watched", "when", "minutes"),
    [
        (service, "api-alarms-cpu", ("AWS/ECS", "CPUUtilization"), ("GreaterThanThreshold", 71), 5),
        (service, "api-alarms-memory", ("AWS/ECS", "MemoryUtilization"), ("GreaterThanThreshold", 72), 5),
        (database, "main-alarms-cpu", ("AWS/RDS", "CPUUtilization"), ("GreaterThanThreshold", 74), 15),
        (database, "main-alarms-storage", ("AWS/RDS", "FreeStorageSpace"), ("LessThanThreshold", 6 * 1024**3), 5),
        (
            all_of_database,
            "main-alarms-connections",
            ("AWS/RDS", "DatabaseConnections"),
            ("GreaterThanThreshold", 80),
            5,
        ),
        (
            all_of_database,
            "main-alarms-slow-statements",
            ("AgentPlatform/test", "StatementDuration-main"),
            ("GreaterThanThreshold", 1000),
            5,
        ),
    ],
)
def test_thresholds(
    make: Callable[[], ServiceAlarms | DatabaseAlarms],
    name: str,
    watched: tuple[str, str],
    when: tuple[str, int],
    minutes: int,
) -> None:
    inputs = one(recorded(make).phases["deployed"], ALARM, name).inputs
    assert (inputs["namespace"], inputs["metricName"]) == watched
    assert (inputs["comparisonOperator"], inputs["threshold"]) == when
    assert (inputs["period"], inputs["statistic"]) == (minutes * 60, "Average")


def test_a_service_that_sleeps_at_night_tells_nothing_when_it_wakes() -> None:
    """Otherwise it goes from no data to OK, of which people are told."""
    alarms = recorded(service).phases["deployed"].of_type(ALARM)
    assert {alarm.inputs["treatMissingData"] for alarm in alarms} == {"notBreaching"}


def test_errors_of_load_balancer_and_targets_are_added_up() -> None:
    inputs = one(recorded(load_balancer).phases["deployed"], ALARM).inputs
    queries = [query["metric"] for query in inputs["metricQueries"] if "metric" in query]
    assert {(query["metricName"], query["stat"]) for query in queries} == {
        ("HTTPCode_ELB_5XX_Count", "Sum"),
        ("HTTPCode_Target_5XX_Count", "Sum"),
    }
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanOrEqualToThreshold", 13)
    assert inputs["treatMissingData"] == "notBreaching", "no requests are no errors"


def test_the_error_rate_counts_both_kinds_of_errors_over_all_requests() -> None:
    inputs = one(recorded(all_of_load_balancer).phases["deployed"], ALARM, "entry-alarms-error-rate").inputs
    metrics = {q["id"]: q["metric"] for q in inputs["metricQueries"] if "metric" in q}
    assert {id_: (m["metricName"], m["stat"], m["period"]) for id_, m in metrics.items()} == {
        "whole": ("RequestCount", "Sum", 300),
        "m0": ("HTTPCode_ELB_5XX_Count", "Sum", 300),
        "m1": ("HTTPCode_Target_5XX_Count", "Sum", 300),
    }
    (result,) = [q for q in inputs["metricQueries"] if q.get("returnData")]
    assert ">= 100, 100 * " in result["expression"]
    assert (inputs["comparisonOperator"], inputs["threshold"]) == ("GreaterThanThreshold", 1)
    assert (inputs["evaluationPeriods"], inputs["datapointsToAlarm"]) == (1, 1)
    assert inputs["treatMissingData"] == "notBreaching"


def test_a_database_that_logs_nothing_is_not_slow() -> None:
    inputs = one(recorded(all_of_database).phases["deployed"], ALARM, "main-alarms-slow-statements").inputs
    assert (inputs["treatMissingData"], inputs["statistic"]) == ("notBreaching", "Average")


def test_a_database_is_known_by_its_identifier() -> None:
    inputs = one(recorded(database).phases["preview"], ALARM, "main-alarms-cpu").inputs
    assert inputs["dimensions"] == {"DBInstanceIdentifier": "test-main"}
