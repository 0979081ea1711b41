"""What a connection leads to, by its name alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings import Settings, parse
from settings.targets import PostgresTarget, RedisTarget, ServiceTarget

_AREAS: dict[str, Any] = {
    "environment": "dev",
    "networking": {"zones": ["us-east-1a", "us-east-1b"]},
    "data": {
        "postgres": {"main": {}, "pooled": {"proxy": {}}, "tokens": {"credentials": "iam"}},
        "redis": {"cache": {}, "elastic": {"serverless": {}}},
        "queues": {"jobs": {}},
    },
    "compute": {
        "services": {
            "api": {
                "image": "nginx:1.29",
                "architecture": "arm64",
                "port": 80,
                "connects_to": ["main", "cache", "worker"],
            },
            "worker": {"image": "nginx:1.29", "architecture": "arm64", "port": 81, "discovery": True},
        }
    },
}


@pytest.fixture(scope="module")
def settings() -> Settings:
    texts = {f"agent-platform:{key}": v if isinstance(v, str) else json.dumps(v) for key, v in _AREAS.items()}
    return parse({"aws:region": "us-east-1", **texts}, "agent-platform", "dev")


@pytest.mark.parametrize(
    ("name", "kind", "reached"),
    [
        ("worker", ServiceTarget, (("worker",), None, False)),
        ("main", PostgresTarget, (("main",), "DATABASE_URL", True)),
        ("pooled", PostgresTarget, (("pooled-proxy",), "DATABASE_URL", True)),
        ("tokens", PostgresTarget, (("tokens",), "DATABASE_URL", False)),
        ("cache", RedisTarget, (("cache",), "REDIS_URL", True)),
        ("elastic", RedisTarget, (("elastic", "elastic-reader"), "REDIS_URL", True)),
    ],
)
def test_each_kind(
    settings: Settings, name: str, kind: type, reached: tuple[tuple[str, ...], str | None, bool]
) -> None:
    target = settings.target(name)
    assert isinstance(target, ServiceTarget | PostgresTarget | RedisTarget)
    assert type(target) is kind
    assert target.name == name
    assert (target.peers, target.default_url, target.uses_secret) == reached


@pytest.mark.parametrize("name", ["", "nothing", "jobs", "main-proxy"])
def test_what_is_no_target(settings: Settings, name: str) -> None:
    assert settings.target(name) is None


def test_every_name_is_one(settings: Settings) -> None:
    assert [name for name in settings.target_names if settings.target(name) is None] == []


def test_connections_of_a_service(settings: Settings) -> None:
    api = settings.compute.services["api"]
    assert [(connect.to, type(target)) for connect, target in settings.connections(api)] == [
        ("main", PostgresTarget),
        ("cache", RedisTarget),
        ("worker", ServiceTarget),
    ]
