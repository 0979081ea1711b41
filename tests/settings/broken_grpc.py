"""Broken stack files: gRPC services and their clients."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_ENGINE = "compute.services.engine"
_GRPC = {
    "image": "example/engine:1",
    "architecture": "arm64",
    "port": 50051,
    "cpu": 512,
    "memory": 1024,
    "protocol": "grpc",
}


def _with(**others: Any) -> dict[str, Any]:
    """The service api as a client of engine, whose settings are changed."""
    return {_ENGINE: {**_GRPC, **others}, f"{_API}.connects_to": ["main", "engine"]}


BROKEN = [
    Broken(
        "gRPC behind the HTTP API",
        "",
        {**_with(route={"paths": ["/grpc/*"], "health": "/"}), "edge.http_api": {}},
        f"{_ENGINE}.route",
        "cannot lead to a gRPC service: an HTTP API does not support gRPC",
        "let a service with a route connect to engine",
    ),
    Broken(
        "gRPC behind the load balancer",
        "",
        _with(route={"paths": ["/grpc/*"], "health": "/"}),
        f"{_ENGINE}.route",
        "the load balancer's listener is made for HTTP",
        "remove it",
    ),
    Broken(
        "two services with one discovery name",
        "",
        {**_with(), "compute.services.other": {**_GRPC, "port": 50052, "discovery_name": "engine"}},
        "compute.services.other.discovery_name",
        "engine is the name of engine already",
        "choose another",
    ),
    Broken(
        "a discovery name for nobody",
        f"{_API}.discovery_name",
        "front",
        f"{_API}.discovery_name",
        "has no effect: the service is not registered",
        "add protocol: grpc or discovery: true",
    ),
    Broken(
        "a discovery name with a domain",
        "",
        _with(discovery_name="engine.internal"),
        f"{_ENGINE}.discovery_name",
        "'engine.internal' is not a single DNS name",
        "did you mean engine?",
    ),
    Broken(
        "gRPC in a registry, too",
        "",
        _with(discovery=True),
        f"{_ENGINE}.discovery",
        "already has a second time",
        "remove it",
    ),
    Broken(
        "one name on both ways",
        "",
        _with(dns_name="engine"),
        f"{_ENGINE}.dns_name",
        "engine is its name for Service Connect already",
        "choose another, such as engine-direct",
    ),
    Broken(
        "one name on both ways, chosen",
        "",
        _with(discovery_name="workflows", dns_name="workflows"),
        f"{_ENGINE}.dns_name",
        "workflows is its name for Service Connect already",
        "choose another",
    ),
    Broken(
        "a name in DNS that an HTTP service has",
        "",
        {**_with(dns_name="api"), f"{_API}.discovery": True},
        f"{_ENGINE}.dns_name",
        "api is the name of api already",
        "choose another",
    ),
    Broken(
        "a name in DNS that another gRPC service has",
        "",
        {
            **_with(dns_name="direct"),
            "compute.services.other": {**_GRPC, "port": 50052, "discovery_name": "direct"},
        },
        "compute.services.other.discovery_name",
        "direct is the name of engine already",
        "choose another",
    ),
    Broken(
        "two services with one name in DNS",
        "",
        {**_with(dns_name="direct"), "compute.services.other": {**_GRPC, "port": 50052, "dns_name": "direct"}},
        "compute.services.other.dns_name",
        "direct is the name of engine already",
        "choose another",
    ),
    Broken(
        "a second name of an HTTP service",
        f"{_API}.dns_name",
        "front",
        f"{_API}.dns_name",
        "is a gRPC service's second name",
        "write discovery: true and discovery_name",
    ),
    Broken(
        "a name in DNS with a domain",
        "",
        _with(dns_name="engine.services.internal"),
        f"{_ENGINE}.dns_name",
        "'engine.services.internal' is not a single DNS name",
        "did you mean engine?",
    ),
    Broken(
        "a name in DNS of two revisions",
        "",
        _with(dns_name="engine-direct", deploy={"strategy": "blue-green"}),
        f"{_ENGINE}.dns_name",
        "answers with the tasks of both revisions",
        "set deploy.strategy: rolling",
    ),
    Broken(
        "a task without a name to call",
        "",
        {
            _ENGINE: _GRPC,
            "compute.tasks.job": {"image": "example/job:1", "architecture": "arm64", "connects_to": ["engine"]},
        },
        "compute.tasks.job.connects_to[0]",
        "is reached over Service Connect, which ECS gives to services only",
        "dns_name: engine-direct",
    ),
    Broken(
        "a proxy that takes the whole server",
        "",
        _with(cpu=256),
        f"{_ENGINE}.cpu",
        "256 leaves nothing for the service next to Service Connect's proxy",
        "raise it to 512",
    ),
    Broken(
        "a proxy that takes the whole client",
        "",
        {**_with(), f"{_API}.cpu": 256},
        f"{_API}.cpu",
        "256 leaves nothing for the service next to Service Connect's proxy",
        "raise it to 512",
    ),
    Broken(
        "no memory beside the proxy",
        "",
        _with(writable=["/tmp"], writable_mb=512),
        f"{_ENGINE}.writable_mb",
        "writable paths take 512 MiB, more than half of the 960 MiB that",
        "write at most 480, or raise memory",
    ),
    Broken(
        "timeouts of no proxy",
        f"{_API}.timeouts",
        {"idle_timeout_s": 60},
        f"{_API}.timeouts",
        "apply to the proxy of a gRPC service",
        "request_timeout_s",
    ),
    Broken(
        "idle before the call's end",
        "",
        _with(timeouts={"per_request_timeout_s": 600, "idle_timeout_s": 60}),
        f"{_ENGINE}.timeouts.idle_timeout_s",
        "is 60, less than per_request_timeout_s (600), so a silent call is cut",
        "write at least 600",
    ),
    Broken(
        "a task that calls over Service Connect",
        "",
        {
            _ENGINE: _GRPC,
            "compute.tasks.job": {"image": "example/job:1", "architecture": "arm64", "connects_to": ["engine"]},
        },
        "compute.tasks.job.connects_to[0]",
        "is reached over Service Connect, which ECS gives to services only",
        "let a service make the call",
    ),
    Broken(
        "a gRPC service that waits for its image",
        "",
        _with(image="pending"),
        f"{_ENGINE}.image",
        "with its first image `up` makes another ECS service",
        "set deploy: {owner: delivery}",
    ),
    Broken(
        "gRPC in a circle",
        "",
        {
            _ENGINE: {**_GRPC, "connects_to": ["planner"]},
            "compute.services.planner": {**_GRPC, "port": 50052, "connects_to": ["engine"]},
        },
        f"{_ENGINE}.connects_to",
        "closes a circle (engine, planner)",
        "remove one of the connections",
    ),
    Broken(
        "a part of a database's URL",
        f"{_API}.connects_to",
        [{"to": "main", "env": {"DB_HOST": {"part": "host"}}}],
        f"{_API}.connects_to[0].env.DB_HOST.part",
        "host is for services, and main is not a service",
        "use the whole URL",
    ),
    Broken(
        "a part with a scheme",
        "",
        {
            _ENGINE: _GRPC,
            f"{_API}.connects_to": [{"to": "engine", "env": {"HOST": {"part": "host", "driver": "grpc"}}}],
        },
        f"{_API}.connects_to[0].env.HOST.driver",
        "belongs to a whole URL, and the variable holds its host",
        "remove it, or remove part",
    ),
]
