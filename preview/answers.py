"""Made-up answers of the providers for the deployed phase."""

from __future__ import annotations

from typing import Any

from preview.functions import call
from preview.maker import Maker
from preview.schema import declared
from preview.special import INSIDE, SPECIAL

__all__ = ["call", "inside", "resource"]


def resource(token: str, urn: str, name: str, inputs: dict[str, Any], region: str) -> tuple[str, dict[str, Any]]:
    """The id and the outputs of a resource once it exists.

    Every output that the SDK class declares and that a provider always returns is answered; one that is
    optional and was not set stays absent, as on AWS.
    """
    maker = Maker(token=token, urn=urn, name=name, inputs=inputs, region=region)
    special = SPECIAL.get(token, {})
    outputs = {
        prop: special[prop](maker) if prop in special else maker.output(prop, output)
        for prop, output in declared(token).items()
        if prop not in inputs and (prop in special or not output.optional)
    }
    return maker.id, outputs


def inside(token: str, urn: str, region: str) -> dict[str, dict[str, Any]]:
    """Computed keys inside of input properties, by property."""
    return {
        prop: {key: make(urn, region) for key, make in keys.items()} for prop, keys in INSIDE.get(token, {}).items()
    }
