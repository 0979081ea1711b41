"""Settings of Fargate Spot."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import Percent

__all__ = ["Spot", "SpotOrFlag"]


class Spot(Model):
    """Spot tasks next to on-demand ones. A Spot task is about 70 % cheaper, and may be stopped with two minutes'
    notice."""

    base: Annotated[int, Field(ge=0, le=1000)] = 1
    """Tasks that always run on demand."""
    percent: Percent = 80
    """Share of the tasks beyond `base` that runs on Spot."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.base and self.percent == 100:
            # ECS places no task on a provider of weight 0, whatever its base.
            refuse([Fault("percent", "is 100, which leaves no weight to the on-demand base; write at most 99")])
        return self


# What YAML 1.1 and other settings take as true and false, and YAML 1.2 reads as text.
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")


def _written_out(value: object) -> object:
    if value is True or (isinstance(value, str) and value.lower() in _YES):
        return Spot(base=0, percent=100)
    if value is False or (isinstance(value, str) and value.lower() in _NO):
        return None
    if not isinstance(value, dict | Spot | None):
        raise ValueError("is neither true nor a mapping; write true, or {base: 1, percent: 80} with some on demand")
    return value


SpotOrFlag = Annotated[Spot | None, BeforeValidator(_written_out, json_schema_input_type=bool | Spot | None)]
