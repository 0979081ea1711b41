"""gRPC over Service Connect: its timeouts, and what its proxy takes of a task."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse

__all__ = ["PROXY_CPU", "PROXY_MEMORY_MB", "Timeouts"]

# What AWS recommends to reserve in each task, of a server as of a client.
PROXY_CPU, PROXY_MEMORY_MB = 256, 64


class Timeouts(Model):
    """How long the proxies wait. AWS's own defaults cut a request after 15 s and an idle connection after 5 min."""

    per_request_timeout_s: Annotated[int, Field(ge=0, le=2147483647)] = 0
    """Seconds for one whole call, streams included; 0 sets no limit."""
    idle_timeout_s: Annotated[int, Field(ge=0, le=2147483647)] = 3600
    """Seconds that a connection without traffic stays open; 0 sets no limit."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if 0 < self.idle_timeout_s < self.per_request_timeout_s:
            reason = (
                f"is {self.idle_timeout_s}, less than per_request_timeout_s ({self.per_request_timeout_s}), so a "
                f"silent call is cut before its time; write at least {self.per_request_timeout_s}"
            )
            refuse([Fault("idle_timeout_s", reason)])
        return self
