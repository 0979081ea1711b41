"""How many tasks run."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import Percent

__all__ = ["Replicas"]


class Replicas(Model):
    """How many tasks run, and what makes their number grow."""

    min: Annotated[int, Field(ge=0, le=1000)] = 1
    """Tasks at least."""
    max: Annotated[int, Field(ge=1, le=1000)] = 1
    """Tasks at most; equal to `min`, the number is fixed."""
    cpu_percent: Percent | None = None
    """Average CPU that autoscaling aims at."""
    memory_percent: Percent | None = None
    """Average memory that autoscaling aims at."""
    requests_per_target: Annotated[int, Field(ge=1)] | None = None
    """Requests a minute and task that autoscaling aims at."""

    @property
    def scaled(self) -> bool:
        """Whether autoscaling sets the number."""
        return self.max > self.min

    @model_validator(mode="after")
    def _check(self) -> Self:
        targets = (self.cpu_percent, self.memory_percent, self.requests_per_target)
        faults = []
        if self.scaled and self.min == 0:
            faults.append(
                Fault("min", "is 0, and a service without a task has no load that would start one; write at least 1")
            )
        if self.max < self.min:
            faults.append(Fault("max", f"is {self.max}, less than min {self.min}; raise it"))
        if self.scaled and not any(targets):
            faults.append(
                Fault(
                    "", "min and max differ, but nothing scales: set cpu_percent, memory_percent or requests_per_target"
                )
            )
        if not self.scaled and any(targets):
            faults.append(
                Fault(
                    "max",
                    f"equals min ({self.min}), so the scaling target has no effect; raise max or remove the target",
                )
            )
        refuse(faults)
        return self
