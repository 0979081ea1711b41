"""Secrets in the parameter store of Systems Manager."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.generated_password import generated_password
from components.data.secret_access import read_parameter
from components.values import Injection
from settings.data import SecretSettings

__all__ = ["UNSET", "Parameter", "ParameterArgs"]

# The placeholder, since a parameter cannot be empty.
UNSET = "unset"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterArgs:
    """Arguments of `Parameter`."""

    settings: SecretSettings
    """What the stack's settings say about it."""
    parameter_name: str
    """Its name in AWS, under which a person sets the value."""
    key_arn: pulumi.Input[str]
    """The key that encrypts it."""
    protect: bool
    """Refuse deletion, which is immediate and final."""
    value: pulumi.Output[str] | None = None
    """The value, from Pulumi's encrypted configuration; by default it is generated, or set in AWS."""


class Parameter(Component):
    """A SecureString in the parameter store, free of charge, for a value of up to 4 KB.

    Creates: the parameter; where the value is generated, the random value.
    Guarantees: encrypted with the given key; a value that is set in AWS is never in state, since the placeholder
    is write-only, and no `up` overwrites it with the placeholder; a given or generated value is secret in state and
    plan; a reader may read this parameter only.
    Errors: TypeError for a value in plain text.

    Until a value is set, the parameter contains `UNSET`.
    """

    def __init__(self, name: str, args: ParameterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.value is not None and not isinstance(args.value, pulumi.Output):
            raise TypeError(
                f"the value of the parameter {args.parameter_name} is plain text; "
                "pass the output of Config.require_secret"
            )
        super().__init__("data", name, opts)
        length = args.settings.generate
        value = args.value if length is None else generated_password(self, "generated", length)
        out_of_band = value is None
        parameter = aws.ssm.Parameter(
            self.child_name(),
            name=args.parameter_name,
            type="SecureString",
            key_id=args.key_arn,
            tier="Standard",
            description=args.settings.description or None,
            value=value,
            value_wo=UNSET if out_of_band else None,
            value_wo_version=1 if out_of_band else None,
            opts=self.child_opts(
                protect=args.protect,
                # Every update writes the value, too, and the provider knows none but the placeholder.
                ignore_changes=["description", "tier"] if out_of_band else [],
            ),
        )
        self.arn = parameter.arn
        self._key_arn = args.key_arn
        self.done(arn=self.arn)

    def injection(self, env: str, json_key: str | None = None) -> Injection:
        """The environment variable `env` with the whole value.

        Errors: ValueError for a `json_key`, which ECS supports for Secrets Manager only.
        """
        if json_key is not None:
            raise ValueError(
                f"{env} needs the key {json_key} of a parameter, but ECS reads whole parameters only; "
                "set store: secrets-manager on the secret"
            )
        return Injection(secrets={env: self.arn}, execution_permissions=read_parameter(self.arn, self._key_arn))
