"""The trace collector: a sidecar container that receives a service's spans and sends them to X-Ray."""

from __future__ import annotations

from typing import Any

import pulumi

from components.compute.container import log_configuration
from components.json_text import json_text
from components.values import Permission
from settings.compute.tracing import COLLECTOR_MEMORY_MB, GRPC_PORT, HEALTH_PORT, HTTP_PORT, XRAY_PORT

__all__ = ["COLLECTOR", "SEND_TRACES", "collector"]

# The underscore keeps it apart from the names of services, which have none.
COLLECTOR = "otel_collector"
SEND_TRACES = Permission(
    actions=[
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ],
    resources=["*"],
    reason="the actions for traces and sampling have no resource type",
)
# The collector refuses spans above its own limit, before ECS stops it at the container's.
_LIMIT_MB, _SPIKE_MB = COLLECTOR_MEMORY_MB - 56, 50


def collector(image: str, log_group: pulumi.Input[str], region: str) -> dict[str, Any]:
    """The container, with the keys of ECS's API.

    It listens inside the task only. If it stops, ECS restarts it, and the service keeps running meanwhile.
    """
    return {
        "name": COLLECTOR,
        "image": image,
        "essential": False,
        "memory": COLLECTOR_MEMORY_MB,
        "environment": [
            {"name": "AOT_CONFIG_CONTENT", "value": json_text(_config(region))},
            {"name": "GOMEMLIMIT", "value": f"{_LIMIT_MB}MiB"},
        ],
        "readonlyRootFilesystem": True,
        "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
        # The image has no shell; this program of its own checks the collector.
        "healthCheck": {"command": ["CMD", "/healthcheck"], "interval": 15, "timeout": 5, "retries": 3},
        "restartPolicy": {"enabled": True, "restartAttemptPeriod": 60},
        "stopTimeout": 30,
        "logConfiguration": log_configuration(COLLECTOR, log_group, region),
    }


def _config(region: str) -> dict[str, Any]:
    return {
        "extensions": {"health_check": {"endpoint": _localhost(HEALTH_PORT)}},
        "receivers": {
            "otlp": {
                "protocols": {"grpc": {"endpoint": _localhost(GRPC_PORT)}, "http": {"endpoint": _localhost(HTTP_PORT)}},
            },
            # X-Ray's own SDKs send segments over UDP, and read the sampling rules over TCP.
            "awsxray": {
                "endpoint": _localhost(XRAY_PORT),
                "transport": "udp",
                "proxy_server": {"endpoint": _localhost(XRAY_PORT), "region": region},
            },
        },
        "processors": {
            "memory_limiter": {"check_interval": "1s", "limit_mib": _LIMIT_MB, "spike_limit_mib": _SPIKE_MB},
            # Cluster, task and log group, from the task's metadata.
            "resourcedetection": {"detectors": ["env", "ecs"], "timeout": "2s", "override": False},
            "batch": {"timeout": "1s", "send_batch_size": 50},
        },
        "exporters": {"awsxray": {"region": region}},
        "service": {
            "extensions": ["health_check"],
            # Its own metrics would take port 8888.
            "telemetry": {"logs": {"level": "warn"}, "metrics": {"level": "none"}},
            "pipelines": {
                "traces": {
                    "receivers": ["otlp", "awsxray"],
                    "processors": ["memory_limiter", "resourcedetection", "batch"],
                    "exporters": ["awsxray"],
                }
            },
        },
    }


def _localhost(port: int) -> str:
    return f"127.0.0.1:{port}"
