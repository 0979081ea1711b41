"""Who deploys, and how."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse

__all__ = ["Deploy"]

# CreateService refuses a smaller stepPercent.
_SMALLEST_LINEAR_STEP = 3


class Deploy(Model):
    """Who deploys, and how traffic moves to a new revision."""

    owner: Literal["pulumi", "delivery"] = "pulumi"
    """`pulumi`: settings name the image. `delivery`: a pipeline deploys, and Pulumi leaves the revision alone. One that
    begins with `image: pending` has no autoscaling and no task until settings name an image."""
    strategy: Literal["rolling", "blue-green", "linear", "canary"] = "rolling"
    """`blue-green`, `linear` and `canary` run both revisions for a while: twice the tasks, twice the price. Changing it
    from or to `rolling` replaces a service that has a route."""
    bake_minutes: Annotated[int, Field(ge=0, le=1440)] = 5
    """Minutes that the old revision stays after the shift, ready to take over."""
    step_percent: Annotated[int, Field(ge=1, le=99)] = 10
    """Share of the traffic that each linear step, or the canary, takes."""
    step_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    """Minutes between two steps."""
    rollback_on_alarms: bool = True
    """Whether the alarm on a route's errors rolls a deployment back, as failed health checks do. With `false` the alarm
    stays, without effect, because ECS keeps its name."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.strategy == "linear" and self.step_percent < _SMALLEST_LINEAR_STEP:
            refuse(
                [
                    Fault(
                        "step_percent", f"is {self.step_percent}, and a linear step takes 3 % or more; write at least 3"
                    )
                ]
            )
        return self
