"""Which services are interfaces for operators, and which only sound like one."""

from __future__ import annotations

from typing import Any

import pytest

from settings.compute.operator_ui import operator_ui
from settings.compute.services import Service


def service(image: str | None = "example/app:1", path: str = "/*", **others: Any) -> Service:
    route = {"paths": [path], "health": "/"}
    return Service.model_validate({"image": image, "architecture": "arm64", "port": 80, "route": route, **others})


@pytest.mark.parametrize(
    ("name", "made", "sign"),
    [
        ("ui", service("grafana/grafana:12.0.0"), "image grafana/grafana:12.0.0"),
        ("ui", service("docker.io/grafana/grafana-oss@sha256:" + "0" * 64), "image docker.io/grafana"),
        ("ui", service("prom/prometheus:v3.1.0"), "image prom/prometheus"),
        ("ui", service("localhost:5000/prom/alertmanager:v0.28.0"), "image localhost:5000/prom/alertmanager"),
        ("grafana", service(image=None, tag="abc123"), "name grafana"),
        ("ui", service(path="/prometheus*"), "path /prometheus*"),
        ("ui", service(environment={"GF_SERVER_ROOT_URL": "https://x.example.com"}), "variable GF_SERVER_ROOT_URL"),
    ],
)
def test_known(name: str, made: Service, sign: str) -> None:
    assert (operator_ui(name, made) or "").startswith(sign)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("api", service()),
        ("api", service("grafana.example.com/shop:1")),
        ("api", service("example/shop:grafana")),
        ("api", service(path="/api/prometheus")),
    ],
)
def test_not_known(name: str, made: Service) -> None:
    assert operator_ui(name, made) is None
