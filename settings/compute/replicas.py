"""How many tasks run."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.compute.replica_schedule import Scheduled, schedule_faults
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
    backlog_per_task: Annotated[int, Field(ge=1)] | None = None
    """Messages for each task that autoscaling aims at, waiting or in progress, over all queues that the service
    `consumes`. With it alone, `min` may be 0."""

    schedule: Annotated[tuple[Scheduled, ...], Field(max_length=50)] = ()
    """Other bounds from a time of day on; `min` and `max` hold until the first entry fires, and
    a later change of the two has no effect."""

    @property
    def autoscaled(self) -> bool:
        """Whether autoscaling sets the number."""
        return self.is_elastic or bool(self.schedule)

    @property
    def is_elastic(self) -> bool:
        """Whether there is ever a choice between two numbers."""
        return self.max > self.min or any(entry.max > entry.min for entry in self.schedule)

    @property
    def scales_to_zero(self) -> bool:
        """Whether there may be no task until a message comes."""
        bounds = ((self.min, self.max), *((entry.min, entry.max) for entry in self.schedule))
        return self.backlog_per_task is not None and any(peak > 0 == low for low, peak in bounds)

    @property
    def peak(self) -> int:
        """Tasks that ever run at once."""
        return max(self.max, *(entry.max for entry in self.schedule), 0)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = self._zero_faults()
        targets = (self.cpu_percent, self.memory_percent, self.requests_per_target, self.backlog_per_task)
        if self.is_elastic and not any(targets):
            faults.append(
                Fault(
                    "",
                    "min and max differ, but nothing scales; set cpu_percent, memory_percent, requests_per_target or "
                    "backlog_per_task",
                )
            )
        if self.max < self.min:
            faults.append(Fault("max", f"is {self.max}, less than min {self.min}; write at least {self.min}"))
        elif not self.is_elastic and any(targets):
            faults.append(
                Fault(
                    "max",
                    f"equals min ({self.min}), so the scaling target has no effect; raise max or remove the target",
                )
            )
        faults += schedule_faults(self.schedule)
        refuse(faults)
        return self

    def _zero_faults(self) -> list[Fault]:
        """Where no task runs, only a queue has something that would start one."""
        places = {"min": self.autoscaled and self.min == 0}
        places |= {f"schedule[{i}].min": entry.max > 0 == entry.min for i, entry in enumerate(self.schedule)}
        zeros = [key for key, zero in places.items() if zero]
        if self.backlog_per_task is None:
            reason = "is 0, and a service without a task has no load that would start one; write at least 1"
            return [Fault(key, f"{reason}, or scale on backlog_per_task") for key in zeros]
        others = [
            name for name in ("cpu_percent", "memory_percent", "requests_per_target") if getattr(self, name) is not None
        ]
        reason = (
            "is 0, but the last task would never be stopped, since tasks are stopped only where every target allows it"
        )
        return [Fault(key, f"{reason}; remove {' and '.join(others)}, or write at least 1") for key in zeros if others]
