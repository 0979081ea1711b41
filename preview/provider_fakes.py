"""Made-up results of the providers for the deployed phase."""

from __future__ import annotations

from typing import Any

from preview.computed_keys import COMPUTED_KEYS
from preview.fake_defaults import DEFAULTS
from preview.fake_overrides import OVERRIDES
from preview.fakes import Fake
from preview.invokes import call
from preview.schema import declared

__all__ = ["call", "computed_keys", "resource"]


def resource(
    token: str, urn: str, automatic_name: str, inputs: dict[str, Any], region: str
) -> tuple[str, dict[str, Any]]:
    """The id and the outputs of a resource once it exists.

    Every output that the SDK class declares and that a provider always returns is made up; one that is
    optional and was not set stays absent, as on AWS.
    """
    fake = Fake(token=token, urn=urn, automatic_name=automatic_name, inputs=inputs, region=region)
    overrides, defaults = OVERRIDES.get(token, {}), DEFAULTS.get(token, {})
    outputs: dict[str, Any] = {}
    for prop, output in declared(token).items():
        if prop in inputs:
            continue
        if prop in overrides:
            outputs[prop] = overrides[prop](fake)
        elif prop in defaults:
            outputs[prop] = defaults[prop]
        elif not output.optional:
            outputs[prop] = fake.output(prop, output)
    return fake.id, outputs


def computed_keys(token: str, urn: str, region: str) -> dict[str, dict[str, Any]]:
    """Computed keys inside of input properties, by property."""
    return {
        prop: {key: make(urn, region) for key, make in keys.items()}
        for prop, keys in COMPUTED_KEYS.get(token, {}).items()
    }
