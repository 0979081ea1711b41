"""Routes of the HTTP API: separate metrics and limits, one integration for all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from preview.plan import Phase
from settings.edge.api_routes import answers, route_key, route_keys
from tests.aws_models.checker import check_all
from tests.components.edge.test_http_api import INTEGRATION, ROUTE, STAGE, api
from tests.recording import one
from tests.stacks import varied
from tests.systems.lines import of

PATHS = ["/*", "/admin/*", "/grafana*", "/health"]


def keys(phase: Phase) -> dict[str, str]:
    return {record.inputs["routeKey"]: record.name for record in phase.of_type(ROUTE)}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/*", ()),
        ("/health", ("ANY /health",)),
        ("/api/v1/", ()),
        ("/", ("ANY /",)),
        ("/api/*", ("ANY /api/{proxy+}",)),
        ("/grafana*", ("ANY /grafana", "ANY /grafana/{proxy+}")),
        # Patterns that a route key cannot express use the default route.
        ("/a/*/b", ()),
        ("/a?", ()),
        ("/a?/*", ()),
        ("*", ()),
        ("/**", ()),
        ("/$metadata", ()),
    ],
)
def test_patterns_of_the_load_balancer_become_route_keys(pattern: str, expected: tuple[str, ...]) -> None:
    assert route_keys([pattern]) == expected


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/jobs", "ANY /jobs"),
        ("/jobs/*", "ANY /jobs/{proxy+}"),
        ("POST /jobs", "POST /jobs"),
        ("POST /*", "POST /{proxy+}"),
        ("/", "ANY /"),
    ],
)
def test_paths_of_the_settings_become_route_keys(path: str, key: str) -> None:
    assert route_key(path) == key


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/*", "POST /jobs/*", True),
        ("/api/*", "/api/v1/jobs", True),
        ("/api/*", "/apis", False),
        ("/api/*", "/*", False),
        ("/api*", "/apis/*", True),
        ("/a?c", "/abc", True),
        ("/a.c", "/abc", False),
    ],
)
def test_which_paths_a_pattern_covers(pattern: str, path: str, expected: bool) -> None:
    assert answers(pattern, path) is expected


def test_a_route_for_each_path_and_one_integration_for_all() -> None:
    for phase in api(paths=PATHS).phases.values():
        assert set(keys(phase)) == {
            "$default",
            "ANY /admin/{proxy+}",
            "ANY /grafana",
            "ANY /grafana/{proxy+}",
            "ANY /health",
        }
        assert len(phase.of_type(INTEGRATION)) == 1
    phase = api(paths=PATHS).phases["deployed"]
    target = f"integrations/{one(phase, INTEGRATION).id}"
    assert {record.inputs["target"] for record in phase.of_type(ROUTE)} == {target}


def test_a_path_in_both_settings_and_services_is_one_route() -> None:
    names = keys(api({"routes": {"/health": {}, "POST /health": {}}}, paths=PATHS).phases["preview"])
    assert {"ANY /health", "POST /health"} <= set(names)
    assert len(names) == 6


def test_a_logical_name_depends_on_its_route_key_alone() -> None:
    """Otherwise a new route would rename others, whose keys would exist twice for a moment: ConflictException."""
    few, many = keys(api(paths=["/health"]).phases["preview"]), keys(api(paths=PATHS).phases["preview"])
    assert few["ANY /health"] == many["ANY /health"]
    assert few["$default"] == many["$default"] == "front-route"
    assert many["ANY /admin/{proxy+}"].startswith("front-route-admin-")
    distinct = keys(api({"routes": {"/a-b": {}, "/a/b": {}, "/a/b/*": {}, "/": {}, "POST /*": {}}}).phases["preview"])
    assert len(set(distinct.values())) == 6


def test_the_stage_depends_on_every_route() -> None:
    """AWS refuses otherwise: Unable to find Route by key within the provided RouteSettings."""
    phase = api(paths=PATHS).phases["preview"]
    assert {record.urn for record in phase.of_type(ROUTE)} <= set(one(phase, STAGE).dependencies)


def test_limits_of_a_route() -> None:
    """An entry inherits nothing from the stage's defaults: without `detailedMetricsEnabled`, its metrics stop."""
    settings: dict[str, Any] = {"routes": {"POST /jobs": {"throttle": {"rate": 5, "burst": 10}}, "/jobs/*": {}}}
    inputs = one(api(settings).phases["preview"], STAGE).inputs
    assert inputs["routeSettings"] == [
        {
            "routeKey": "POST /jobs",
            "throttlingRateLimit": 5,
            "throttlingBurstLimit": 10,
            "detailedMetricsEnabled": True,
        }
    ]
    assert inputs["defaultRouteSettings"]["detailedMetricsEnabled"] is True
    assert "routeSettings" not in one(api(paths=PATHS).phases["preview"], STAGE).inputs


def test_routes_of_a_whole_stack() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["edge"]["http_api"]["routes"] = {"/api/v1/health": {}, "POST /api/v1/*": {"throttle": {"rate": 5}}}
        areas["compute"]["services"]["knwl"]["route"]["paths"] = ["/*", "/api/v1/metrics"]

    plan = varied("systems/knwl.yaml", change)
    assert set(keys(plan.phases["deployed"])) == {
        "$default",
        "ANY /api/v1/health",
        "ANY /api/v1/metrics",
        "POST /api/v1/{proxy+}",
    }
    assert [str(fault) for verdict in check_all(plan.phases["deployed"].records) for fault in verdict.faults] == []
    body = json.loads(of(plan, ":Dashboard").inputs["dashboardBody"])
    titles = [w["properties"]["title"] for w in body["widgets"] if w["properties"].get("title", "").count("by route")]
    assert titles == [
        "Requests by route",
        "4xx by route",
        "5xx by route",
        "Throttled by route",
        "Latency p95 by route (ms)",
    ]
