"""`tracing`: memory for the collector."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.fargate import SIZES
from settings.compute.grpc import PROXY_MEMORY_MB
from settings.compute.tracing import COLLECTOR_MEMORY_MB
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings

_LEAST_MB = 512


@reads("compute")
def _room(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if not service.tracing:
            continue
        proxy = PROXY_MEMORY_MB if settings.compute.uses_service_connect(name) else 0
        taken = COLLECTOR_MEMORY_MB + proxy
        left, used = service.memory - taken, sum(service.tmpfs.values())
        who = "the collector of tracing and Service Connect's proxy" if proxy else "the collector of tracing"
        if left < _LEAST_MB:
            enough = [size for size in SIZES[service.cpu] if size - taken >= _LEAST_MB]
            yield Fault(
                service_key(name, "memory"),
                f"{service.memory} MiB leave the service {left} MiB next to {who}; raise it to {enough[0]} or more",
            )
        elif left // 2 < used <= (service.memory - proxy) // 2:
            yield Fault(
                service_key(name, "writable_mb"),
                f"writable paths take {used} MiB, more than half of the {left} MiB that {who} leaves; "
                f"write at most {left // 2 // len(service.tmpfs)}, or raise memory",
            )
