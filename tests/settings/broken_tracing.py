"""Broken stack files: tracing, whose collector wants room, ports and the traces."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def _traced(**others: Any) -> dict[str, Any]:
    return {f"{_API}.tracing": True, **{f"{_API}.{key}": value for key, value in others.items()}}


BROKEN = [
    Broken("tracing by name", f"{_API}.tracing", "xray", f"{_API}.tracing", "neither true", "nor false"),
    Broken(
        "tracing of a task",
        "compute.tasks",
        {"once": {"image": "example/once:1", "architecture": "arm64", "tracing": True}},
        "compute.tasks.once.tracing",
        "unknown key",
        "remove it, or write one of architecture, buckets, command,",
    ),
    Broken(
        "tracing without room",
        "",
        _traced(cpu=256, memory=512),
        f"{_API}.memory",
        "512 MiB leave the service 256 MiB next to the collector of tracing",
        "raise it to 1024 or more",
    ),
    Broken(
        "tracing and a proxy without room",
        "",
        {
            **_traced(cpu=1024, memory=2048, protocol="grpc", route=None, writable=["/a", "/b", "/c"], writable_mb=300),
            "outputs": {},
        },
        f"{_API}.writable_mb",
        "more than half of the 1728 MiB",
        "raise memory",
    ),
    Broken(
        "writable paths in the collector's memory",
        "",
        _traced(writable_mb=500),
        f"{_API}.writable_mb",
        "writable paths take 500 MiB, more than half of the 768 MiB that the",
        "write at most 384, or raise memory",
    ),
    *(
        Broken(
            f"a service at the collector's port {port}",
            "",
            _traced(port=port),
            f"{_API}.port",
            f"is {port}, at which the collector of tracing listens",
            "choose another",
        )
        for port in (2000, 4317, 4318, 13133)
    ),
    Broken(
        "traces that are sent elsewhere",
        "",
        _traced(environment={_ENDPOINT: "https://otel.example.com:4317"}),
        f"{_API}.environment.{_ENDPOINT}",
        "sends the traces elsewhere",
        "write http://localhost:4317",
    ),
    Broken(
        "traces at no port of the collector",
        "",
        _traced(environment={"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:9999/v1/traces"}),
        f"{_API}.environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "sends the traces elsewhere",
        "or remove tracing",
    ),
    Broken(
        "traces to what is not an address",
        "",
        _traced(environment={_ENDPOINT: "http://[localhost:4317"}),
        f"{_API}.environment.{_ENDPOINT}",
        "sends the traces elsewhere",
        "remove it",
    ),
    Broken(
        "a protocol that nobody speaks",
        "",
        _traced(environment={"OTEL_EXPORTER_OTLP_PROTOCOL": "thrift"}),
        f"{_API}.environment.OTEL_EXPORTER_OTLP_PROTOCOL",
        "which the collector does not support",
        "write one of grpc, http/protobuf",
    ),
    Broken(
        "a protocol at the other's port",
        "",
        _traced(environment={_ENDPOINT: "http://localhost:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}),
        f"{_API}.environment.OTEL_EXPORTER_OTLP_PROTOCOL",
        "accepts on port 4318 and not on 4317",
        f"remove {_ENDPOINT}",
    ),
    Broken(
        "a collector from the internet, to which nothing leads",
        "",
        {
            "networking.nat": "none",
            "networking.egress": "aws-only",
            **_traced(image="123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1"),
        },
        "compute.collector_image",
        "is pulled over the internet",
        "name a copy in an ECR repository of us-east-1",
    ),
]
