"""Routes of the HTTP API: metrics and limits apart, and one way for all."""

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
        # What a route key cannot say takes the default route.
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
def test_who_answers(pattern: str, path: str, expected: bool) -> None:
    assert answers(pattern, path) is expected


def test_a_route_for_each_path_and_all_to_one_integration() -> None:
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


def test_paths_that_stand_in_settings_and_services_are_one_route() -> None:
    found = keys(api({"routes": {"/health": {}, "POST /health": {}}}, paths=PATHS).phases["preview"])
    assert {"ANY /health", "POST /health"} <= set(found)
    assert len(found) == 6


def test_a_name_is_its_route_key_s_alone() -> None:
    """Else a new route would rename others, and their keys would stand twice for a moment: ConflictException."""
    few, many = keys(api(paths=["/health"]).phases["preview"]), keys(api(paths=PATHS).phases["preview"])
    assert few["ANY /health"] == many["ANY /health"]
    assert few["$default"] == many["$default"] == "front-route"
    assert many["ANY /admin/{proxy+}"].startswith("front-route-admin-")
    apart = keys(api({"routes": {"/a-b": {}, "/a/b": {}, "/a/b/*": {}, "/": {}, "POST /*": {}}}).phases["preview"])
    assert len(set(apart.values())) == 6


def test_the_stage_waits_for_every_route() -> None:
    """Unable to find Route by key within the provided RouteSettings."""
    phase = api(paths=PATHS).phases["preview"]
    assert {record.urn for record in phase.of_type(ROUTE)} <= set(one(phase, STAGE).dependencies)


def test_limits_of_a_route() -> None:
    """An entry of its own takes nothing from the stage's defaults: without `detailedMetricsEnabled`, metrics end."""
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


def test_of_a_stack() -> None:
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
    shown = [w["properties"]["title"] for w in body["widgets"] if w["properties"].get("title", "").count("by route")]
    assert shown == [
        "Requests by route",
        "4xx by route",
        "5xx by route",
        "Throttled by route",
        "Latency p95 by route (ms)",
    ]
