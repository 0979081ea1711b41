"""Settings of secrets."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse
from settings.types import ConfigKey

__all__ = ["SecretSettings"]


class SecretSettings(Model):
    """A secret. Its value is set in AWS, or generated, or from Pulumi's encrypted configuration."""

    store: Literal["secrets-manager", "parameter"] = "secrets-manager"
    """`secrets-manager`, about 0.40 USD a month: may hold JSON with a key for each variable, and comes back when
    deleted by mistake. `parameter`, free of charge: one value of up to 4 KB in the SSM parameter `/<stack>/<name>`.
    Changing it replaces the secret: a value that you set in AWS must be set again."""

    description: Annotated[str, Field(max_length=2048)] = ""
    """What the secret is for."""
    from_config: ConfigKey | None = None
    """Take the value from this key of Pulumi's encrypted configuration instead of setting it in AWS."""
    generate: Annotated[int, Field(ge=16, le=128)] | None = None
    """Generate a random value of so many letters and digits; it is in state, encrypted. Another number makes another
    value."""
    remind_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Remind the stack's topic, every Monday, of a value that was set more than so many days ago, such as the key of
    a third party's API, which AWS cannot rotate."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.from_config is not None and self.generate is not None:
            refuse(
                [
                    Fault(
                        "generate",
                        "is given together with from_config, and a secret has one value; remove it, or from_config",
                    )
                ]
            )
        return self
