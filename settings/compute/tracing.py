"""Tracing: what the collector takes of a task, and which settings conflict with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from settings.model import Fault

__all__ = [
    "COLLECTOR_MEMORY_MB",
    "COLLECTOR_PORTS",
    "ENDPOINT",
    "GRPC_PORT",
    "HEALTH_PORT",
    "HTTP_PORT",
    "PROTOCOL",
    "XRAY_PORT",
    "tracing_environment",
    "tracing_faults",
]

# What the collector may take before it is stopped; of CPU it takes next to nothing.
COLLECTOR_MEMORY_MB = 256
GRPC_PORT, HTTP_PORT, XRAY_PORT, HEALTH_PORT = 4317, 4318, 2000, 13133
COLLECTOR_PORTS = (GRPC_PORT, HTTP_PORT, XRAY_PORT, HEALTH_PORT)
ENDPOINT, PROTOCOL = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"
_PROTOCOLS = {"grpc": GRPC_PORT, "http/protobuf": HTTP_PORT, "http/json": HTTP_PORT}
_HERE = ("localhost", "127.0.0.1")


def tracing_environment(service: str, own: Mapping[str, str]) -> dict[str, str]:
    """What an OpenTelemetry SDK reads; the service's `own` variables win."""
    protocol = own.get(PROTOCOL) or ("http/protobuf" if _port(own.get(ENDPOINT, "")) == HTTP_PORT else "grpc")
    return {
        ENDPOINT: f"http://localhost:{_PROTOCOLS.get(protocol, GRPC_PORT)}",
        PROTOCOL: protocol,
        "OTEL_SERVICE_NAME": service,
        "OTEL_PROPAGATORS": "xray",
        # The collector takes traces only, and SDKs would complain of it in every log.
        "OTEL_METRICS_EXPORTER": "none",
        "OTEL_LOGS_EXPORTER": "none",
    }


def tracing_faults(port: int | None, environment: Mapping[str, str]) -> Iterator[Fault]:
    """Settings with which the service would not reach its collector."""
    if port in COLLECTOR_PORTS:
        yield Fault(
            "port",
            f"is {port}, at which the collector of tracing listens in the same task (as at "
            f"{', '.join(str(other) for other in COLLECTOR_PORTS if other != port)}); choose another",
        )
    protocol, endpoint = environment.get(PROTOCOL), environment.get(ENDPOINT)
    if protocol is not None and protocol not in _PROTOCOLS:
        yield Fault(
            f"environment.{PROTOCOL}",
            f"is {protocol!r}, which the collector does not support; write one of {', '.join(_PROTOCOLS)}",
        )
    for name in (ENDPOINT, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
        where = environment.get(name)
        if where is not None and (_host(where) not in _HERE or _port(where) not in _PROTOCOLS.values()):
            yield Fault(
                f"environment.{name}",
                f"sends the traces elsewhere than to the collector of tracing; remove it, or write "
                f"http://localhost:{GRPC_PORT} (or :{HTTP_PORT}), or remove tracing",
            )
            return
    if endpoint is not None and protocol in _PROTOCOLS and _port(endpoint) != _PROTOCOLS[protocol]:
        yield Fault(
            f"environment.{PROTOCOL}",
            f"is {protocol}, which the collector accepts on port {_PROTOCOLS[protocol]} and not on "
            f"{_port(endpoint)}; remove {ENDPOINT}",
        )


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
