"""The dashboard: its document, its grid, and its stability."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pulumi
import pytest

from components.observability.dashboard import Chart, Dashboard, DashboardArgs, DashboardRow
from components.observability.expression import share, total
from components.values import Metric
from preview.run import ProgramError
from tests.recording import children, one, record

DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"


def metric(name: str, **changes: Any) -> Metric:
    return Metric(
        namespace="AWS/ECS", name=name, **{"dimensions": {"ServiceName": "api", "ClusterName": "c"}, **changes}
    )


def chart(i: int = 0) -> Chart:
    return Chart(title=f"chart {i}", metrics=[metric("CPUUtilization")])


def body(rows: Sequence[DashboardRow]) -> dict[str, Any]:
    plan = record(lambda: Dashboard("overview", DashboardArgs(dashboard_name="test", region="eu-west-1", rows=rows)))
    texts = set()
    for phase in plan.phases.values():
        assert children(phase) == [(DASHBOARD, "overview")]
        assert one(phase, DASHBOARD).inputs["dashboardName"] == "test"
        texts.add(one(phase, DASHBOARD).inputs["dashboardBody"])
    assert len(texts) == 1
    return json.loads(texts.pop())


def test_document() -> None:
    rows = [
        DashboardRow(
            title="api",
            charts=[
                Chart(
                    title="CPU",
                    metrics=[
                        metric("CPUUtilization", label="api CPU %"),
                        metric("Other", statistic="p95", period_s=300),
                    ],
                    threshold=85,
                    unit="%",
                )
            ],
        )
    ]
    header, widget = body(rows)["widgets"]
    assert header["type"] == "text"
    assert header["properties"]["markdown"] == "## api"
    assert widget["type"] == "metric"
    properties = widget["properties"]
    assert (properties["title"], properties["region"], properties["view"]) == ("CPU", "eu-west-1", "timeSeries")
    place = ["ClusterName", "c", "ServiceName", "api"]
    assert properties["metrics"] == [
        ["AWS/ECS", "CPUUtilization", *place, {"label": "api CPU %", "period": 60, "stat": "Average"}],
        ["AWS/ECS", "Other", *place, {"label": "Other", "period": 300, "stat": "p95"}],
    ]
    assert properties["annotations"] == {"horizontal": [{"label": "alarm", "value": 85}]}
    assert properties["yAxis"]["left"]["label"] == "%"


@pytest.mark.parametrize("counts", [[1], [2, 3], [4], [5, 1], [9]])
def test_widgets_stay_on_the_grid_and_apart(counts: list[int]) -> None:
    rows = [DashboardRow(title=str(n), charts=[chart(i) for i in range(n)]) for n in counts]
    widgets = body(rows)["widgets"]
    assert len(widgets) == sum(counts) + len(counts)
    cells = [
        {(x, y) for x in range(w["x"], w["x"] + w["width"]) for y in range(w["y"], w["y"] + w["height"])}
        for w in widgets
    ]
    assert all(w["x"] + w["width"] <= 24 for w in widgets)
    assert not any(one_ & other for one_, other in combinations(cells, 2))


def test_a_row_without_charts_is_left_out_and_no_threshold_draws_no_line() -> None:
    widgets = body([DashboardRow(title="empty", charts=[]), DashboardRow(title="full", charts=[chart()])])["widgets"]
    assert [w["properties"].get("markdown") for w in widgets] == ["## full", None]
    assert "annotations" not in widgets[1]["properties"]


def test_a_chart_of_daily_metrics_shows_its_own_days_and_any_other_the_dashboard_s() -> None:
    daily = Chart(title="Size", metrics=[metric("BucketSizeBytes", period_s=86400)], days=30)
    widgets = body([DashboardRow(title="bucket", charts=[daily, chart()])])["widgets"]
    assert (widgets[1]["properties"]["start"], widgets[1]["properties"]["end"]) == ("-P30D", "P0D")
    assert not {"start", "end"} & set(widgets[2]["properties"])


def test_dimensions_may_be_outputs() -> None:
    def program() -> None:
        name = pulumi.Output.from_input("api")
        row = DashboardRow(
            title="api", charts=[Chart(title="CPU", metrics=[metric("A", dimensions={"ServiceName": name})])]
        )
        Dashboard("overview", DashboardArgs(dashboard_name="test", region="eu-west-1", rows=[row]))

    text = one(record(program).phases["deployed"], DASHBOARD).inputs["dashboardBody"]
    assert json.loads(text)["widgets"][1]["properties"]["metrics"][0][2:4] == ["ServiceName", "api"]


def test_a_stack_without_anything_to_show_says_so() -> None:
    made = record(lambda: Dashboard("empty", DashboardArgs(dashboard_name="test", region="eu-west-1", rows=[])))
    widgets = json.loads(one(made.phases["deployed"], DASHBOARD).inputs["dashboardBody"])["widgets"]
    assert [widget["properties"]["markdown"] for widget in widgets] == ["Nothing runs here yet."]


def test_marks_are_lines_beside_the_alarm() -> None:
    marked = Chart(title="CPU", metrics=[metric("CPUUtilization")], threshold=85, marks={"aim": 60, "floor": 0})
    widget = body([DashboardRow(title="api", charts=[marked])])["widgets"][1]
    assert widget["properties"]["annotations"]["horizontal"] == [
        {"label": "alarm", "value": 85},
        {"label": "aim", "value": 60},
        {"label": "floor", "value": 0},
    ]


def test_an_expression_is_drawn_and_its_metrics_are_not() -> None:
    rate = share("errors %", [metric("Errors", statistic="Sum")], metric("Requests", statistic="Sum"), at_least=1)
    widget = body([DashboardRow(title="api", charts=[Chart(title="Error rate", metrics=[rate])])])["widgets"][1]
    shown, *hidden = widget["properties"]["metrics"]
    assert shown == [{"expression": rate.text, "label": "errors %", "id": "result"}]
    assert [(line[1], line[-1]["id"], line[-1]["visible"]) for line in hidden] == [
        ("Requests", "whole", False),
        ("Errors", "m0", False),
    ]


def test_what_cloudwatch_refuses() -> None:
    with pytest.raises(ValueError, match="'CPU' has 0 metrics"):
        Chart(title="CPU", metrics=[])
    sums = [total(name, [metric(name)]) for name in ("a", "b")]
    with pytest.raises(ValueError, match="'Two' has two expressions"):
        Chart(title="Two", metrics=sums)
    many = Chart(title="many", metrics=[metric("CPUUtilization")] * 500)
    with pytest.raises(ProgramError, match="3000 metrics; CloudWatch takes at most 2500"):
        body([DashboardRow(title="api", charts=[many] * 6)])
    with pytest.raises(ProgramError, match="501 widgets; CloudWatch takes at most 500"):
        body([DashboardRow(title="api", charts=[chart()] * 500)])


def test_a_metric_of_another_region_says_so() -> None:
    """CloudFront publishes in us-east-1 only."""
    there = metric("Requests", region="us-east-1")

    def program() -> None:
        rows = [DashboardRow(title="both", charts=[Chart(title="both", metrics=[there, metric("CPUUtilization")])])]
        Dashboard("d", DashboardArgs(dashboard_name="d", region="eu-west-1", rows=rows))

    body = json.loads(one(record(program).phases["deployed"], DASHBOARD).inputs["dashboardBody"])
    (chart_,) = [widget["properties"] for widget in body["widgets"] if widget["type"] == "metric"]
    assert chart_["region"] == "eu-west-1"
    assert [line[-1].get("region") for line in chart_["metrics"]] == ["us-east-1", None]
