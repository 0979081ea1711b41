"""Dashboards of every shipped stack file: each metric is published, and the widgets stand on the grid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from preview import run, stackfile
from preview.plan import Phase, Plan
from settings.observability import AREAS
from tests.program.published import Series, published
from tests.stacks import FILES, SMALL, planned, varied

DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
# PutDashboard names no limit of the body, but requests have one.
LONGEST_BODY = 1_000_000
NAMES = [str(file) for file in FILES]


@cache
def by_area(name: str) -> Plan:
    if len(bodies(planned(name).phases["deployed"])) == len(AREAS):
        return planned(name)
    return varied(name, lambda areas: areas.setdefault("observability", {}).update(dashboards="areas"))


PLANS = {"as shipped": planned, "by area": by_area}


def custom(name: str) -> Mapping[str, Any]:
    values = stackfile.read(run.ROOT / name, "agent-platform").values
    return json.loads(values.get("agent-platform:observability", "{}")).get("custom_metrics", {})


def bodies(phase: Phase) -> dict[str, dict[str, Any]]:
    return {record.name: json.loads(record.inputs["dashboardBody"]) for record in phase.of_type(DASHBOARD)}


def drawn(body: dict[str, Any]) -> Iterator[Series]:
    """The series that a dashboard names."""
    for widget in body["widgets"]:
        for line in widget["properties"].get("metrics", []):
            if not isinstance(line[0], dict):
                namespace, metric, *dimensions = line[:-1]
                yield namespace, metric, frozenset(zip(dimensions[::2], dimensions[1::2], strict=True))


def sought(body: dict[str, Any]) -> Iterator[str]:
    """The searches of a dashboard."""
    for widget in body["widgets"]:
        for line in widget["properties"].get("metrics", []):
            if isinstance(line[0], dict) and line[0]["expression"].startswith("SEARCH("):
                yield line[0]["expression"]


def finds(search: str, known: set[Series]) -> bool:
    """Whether a search in CloudWatch's words, a schema in braces and `name="value"`, has a series of `known`."""
    form = re.fullmatch(r"""SEARCH\('\{([^{}]+)\}((?: \w+="[^"']+")+)', '\w+', \d+\)""", search)
    if form is None:
        return False
    namespace, *dimensions = form[1].split(",")
    given = dict(re.findall(r'(\w+)="([^"]+)"', form[2]))
    name = given.pop("MetricName")
    return any(
        (space, metric) == (namespace, name)
        and set(dict(series)) == set(dimensions)
        and given.items() <= dict(series).items()
        for space, metric, series in known
    )


def watched(phase: Phase) -> Iterator[Series]:
    """The series that alarms watch."""
    for record in phase.of_type(ALARM):
        queries = [query["metric"] for query in record.inputs.get("metricQueries", []) if "metric" in query]
        for metric in queries or [record.inputs]:
            yield metric["namespace"], metric["metricName"], frozenset(metric.get("dimensions", {}).items())


def unpublished(phase: Phase, name: str) -> set[tuple[str, str]]:
    known = published(phase, custom(name))
    named = {*watched(phase), *(series for body in bodies(phase).values() for series in drawn(body))}
    return {(namespace, metric) for namespace, metric, dimensions in named - known}


def misplaced(body: dict[str, Any]) -> list[str]:
    """What is wrong with the widgets' places."""
    widgets = body["widgets"]
    spots = [(w["x"], w["y"], w["x"] + w["width"], w["y"] + w["height"]) for w in widgets]
    wide = [f"{spot} leaves the grid" for spot in spots if spot[0] < 0 or spot[1] < 0 or spot[2] > 24]
    flat = [f"{spot} has no size" for spot in spots if spot[0] >= spot[2] or spot[1] >= spot[3]]
    pairs = combinations(spots, 2)
    return wide + flat + [f"{a} covers {b}" for a, b in pairs if _meet(a, b)]


def _meet(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def undrawable(body: dict[str, Any]) -> list[str]:
    """Expressions that name an id which no metric of the widget has, and ids that stand twice."""
    faults: list[str] = []
    for widget in body["widgets"]:
        looks = [line[-1] for line in widget["properties"].get("metrics", [])]
        ids = [look["id"] for look in looks if "id" in look]
        words = {word for look in looks for word in _words(look.get("expression", ""))}
        faults += [f"{widget['properties']['title']}: {word}" for word in words - set(ids)]
        faults += [f"{widget['properties']['title']}: {id_} twice" for id_ in set(ids) if ids.count(id_) > 1]
        periods = {look["period"] for look in looks if look.get("visible") is False}
        faults += [f"{widget['properties']['title']}: periods {sorted(periods)}"] if len(periods) > 1 else []
    return faults


def _words(expression: str) -> set[str]:
    signs = str.maketrans(dict.fromkeys("()[],+-*/<>=", " "))
    # What stands in quotes are a search's words.
    return {word for word in re.sub(r"'[^']*'", "", expression).translate(signs).split() if word[0].islower()}


@pytest.mark.parametrize("shape", PLANS)
@pytest.mark.parametrize("name", NAMES)
def test_every_metric_is_published_by_something_of_the_plan(name: str, shape: str) -> None:
    assert unpublished(PLANS[shape](name).phases["deployed"], name) == set()


@pytest.mark.parametrize("shape", PLANS)
@pytest.mark.parametrize("name", NAMES)
def test_every_search_finds_something_of_the_plan(name: str, shape: str) -> None:
    phase = PLANS[shape](name).phases["deployed"]
    searches = [search for body in bodies(phase).values() for search in sought(body)]
    assert bool(searches) == bool(phase.of_type("aws:apigatewayv2/api:Api"))
    assert [search for search in searches if not finds(search, published(phase, custom(name)))] == []


@pytest.mark.parametrize("shape", PLANS)
@pytest.mark.parametrize("name", NAMES)
def test_widgets_stand_on_the_grid(name: str, shape: str) -> None:
    phase = PLANS[shape](name).phases["deployed"]
    assert all(len(board.inputs["dashboardBody"]) < LONGEST_BODY for board in phase.of_type(DASHBOARD))
    found = bodies(phase)
    assert found
    for body in found.values():
        assert body["widgets"]
        assert misplaced(body) == []
        assert undrawable(body) == []


@pytest.mark.parametrize("name", NAMES)
def test_areas_show_what_the_one_dashboard_shows(name: str) -> None:
    whole = bodies(varied(name, lambda areas: areas["observability"].update(dashboards="stack")).phases["deployed"])
    apart = bodies(by_area(name).phases["deployed"])
    assert sorted(apart) == ["dashboard-application", "dashboard-data", "dashboard-services"]
    assert sorted(s for body in apart.values() for s in map(str, drawn(body))) == sorted(
        map(str, drawn(whole["dashboard"]))
    )


def test_each_area_has_its_own() -> None:
    found = bodies(by_area("systems/agent-team.yaml").phases["deployed"])
    spaces = {name: {namespace for namespace, _, _ in drawn(body)} for name, body in found.items()}
    assert spaces == {
        "dashboard-services": {"AWS/ECS", "ECS/ContainerInsights"},
        "dashboard-data": {"AWS/RDS", "AWS/ElastiCache"},
        "dashboard-application": {"AWS/ApiGateway", "AWS/ApplicationELB", "AgentPlatform/HttpApi"},
    }


def test_what_the_areas_must_show() -> None:
    found = bodies(by_area(SMALL).phases["deployed"])
    shown = {name: {metric for _, metric, _ in drawn(body)} for name, body in found.items()}
    tasks = {"DesiredTaskCount", "RunningTaskCount", "PendingTaskCount"}
    assert shown["dashboard-services"] == {"CPUUtilization", "MemoryUtilization", *tasks}
    queries = {"ReadLatency", "WriteLatency", "DBLoad", "DBLoadCPU"}
    assert shown["dashboard-data"] == {"CPUUtilization", "DatabaseConnections", "FreeStorageSpace", *queries}
    errors = {"HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"}
    assert shown["dashboard-application"] == {"RequestCount", "TargetResponseTime", *errors}
    lines = {
        widget["properties"]["title"]: {line["label"]: line["value"] for line in annotations["horizontal"]}
        for widget in found["dashboard-services"]["widgets"]
        if (annotations := widget["properties"].get("annotations"))
    }
    assert lines == {
        "CPU": {"alarm": 85, "autoscaling aims at": 60},
        "Memory": {"alarm": 85, "autoscaling aims at": 70},
        "Tasks": {"at least": 2, "at most": 6},
    }
    times = [
        line[-1]["stat"]
        for widget in found["dashboard-application"]["widgets"]
        for line in widget["properties"].get("metrics", [])
        if line[1:2] == ["TargetResponseTime"]
    ]
    assert times == ["p50", "p95", "p99"]


def test_none() -> None:
    plan = varied(SMALL, lambda areas: areas["observability"].update(dashboards="none"))
    assert bodies(plan.phases["deployed"]) == {}


def test_names_may_be_outputs_of_the_stack() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["observability"]["dashboards"] = "areas"
        areas["outputs"] = {"board": "dashboard.data.name"}

    assert varied(SMALL, change).phases["deployed"].outputs == {"board": "prod-data"}


def test_without_insights_there_is_no_number_of_tasks() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["compute"]["insights"] = "disabled"
        areas["data"]["postgres"]["main"]["performance_insights"] = False

    phase = varied(SMALL, change).phases["deployed"]
    assert unpublished(phase, SMALL) == set()
    assert "TaskCount" not in json.dumps(bodies(phase))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"DBLoadCPU"', '"DBLoadCpu"'),
        ('"AWS/ECS"', '"AWS/Ecs"'),
        ('"DBInstanceIdentifier"', '"DBInstanceId"'),
        ('"prod-main"', '"prod-other"'),
        ('"ECS/ContainerInsights"', '"AWS/ECS/ContainerInsights"'),
    ],
)
def test_what_is_misspelt_is_found(old: str, new: str) -> None:
    name = SMALL
    phase = planned(name).phases["deployed"]
    (text,) = [record.inputs["dashboardBody"] for record in phase.of_type(DASHBOARD)]
    assert old in text
    assert set(drawn(json.loads(text.replace(old, new)))) - published(phase, custom(name))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AWS/ApiGateway,ApiId,Method", "AWS/ApiGateway,ApiId,Route"),
        ('MetricName="5xx"', 'MetricName="5XXError"'),
        ('ApiId="', 'ApiName="'),
        ('ApiId="', 'ApiId="other'),
        ("{", ""),
    ],
)
def test_a_search_that_finds_nothing_is_found(old: str, new: str) -> None:
    phase = planned("Pulumi.dev.yaml").phases["deployed"]
    (search,) = [one for body in bodies(phase).values() for one in sought(body) if 'MetricName="5xx"' in one]
    known = published(phase, {})
    assert old in search
    assert finds(search, known)
    assert not finds(search.replace(old, new), known)


def test_metrics_of_one_expression_have_one_period() -> None:
    def body(*periods: int) -> dict[str, Any]:
        parts = [["N", "M", {"id": f"m{i}", "visible": False, "period": each}] for i, each in enumerate(periods)]
        return {"widgets": [{"properties": {"title": "Rate", "metrics": [[{"expression": "m0 / m1"}], *parts]}}]}

    assert undrawable(body(300, 300)) == []
    assert undrawable(body(60, 300)) == ["Rate: periods [60, 300]"]


def test_a_misplaced_widget_is_found() -> None:
    spot = {"x": 0, "y": 0, "width": 12, "height": 6}
    assert misplaced({"widgets": [spot, spot | {"x": 12}]}) == []
    assert misplaced({"widgets": [spot, spot | {"x": 11}]}) == ["(0, 0, 12, 6) covers (11, 0, 23, 6)"]
    assert misplaced({"widgets": [spot | {"x": 13}]}) == ["(13, 0, 25, 6) leaves the grid"]
