"""Secrets whose value people or other systems provide."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.generated_password import generated_password
from components.data.secret_access import read_secret
from components.values import Injection
from settings.data import SecretSettings

__all__ = ["Secret", "SecretArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretArgs:
    """Arguments of `Secret`."""

    settings: SecretSettings
    """What the stack's settings say about it."""
    secret_name: str | None
    """Its name in AWS, under which a person sets the value; by default it is automatic."""
    key_arn: pulumi.Input[str]
    """The key that encrypts it."""
    protect: bool
    """Refuse deletion, and keep a deleted secret for 30 days; without it, deletion is immediate and final."""
    value: pulumi.Output[str] | None = None
    """The value, from Pulumi's encrypted configuration; by default it is generated, or set in AWS."""


class Secret(Component):
    """A Secrets Manager secret, about 0.40 USD a month.

    Creates: the secret; a version only where a value is given or generated; where it is generated, the random value.
    Guarantees: encrypted with the given key; a value that is set in AWS is never in configuration or state; a
    given or generated value is secret in state and plan; a reader may read this secret only.
    Errors: TypeError for a value in plain text.
    """

    def __init__(self, name: str, args: SecretArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if args.value is not None and not isinstance(args.value, pulumi.Output):
            raise TypeError(
                f"the value of the secret {args.secret_name or name} is plain text; "
                "pass the output of Config.require_secret"
            )
        super().__init__("data", name, opts)
        secret = aws.secretsmanager.Secret(
            self.child_name(),
            name=args.secret_name,
            description=args.settings.description or None,
            kms_key_id=args.key_arn,
            recovery_window_in_days=30 if args.protect else 0,
            opts=self.child_opts(protect=args.protect),
        )
        self.arn = secret.arn
        length = args.settings.generate
        value = args.value if length is None else generated_password(self, "generated", length)
        if value is not None:
            version = aws.secretsmanager.SecretVersion(
                self.child_name("value"),
                secret_id=secret.arn,
                secret_string=value,
                opts=self.child_opts(),
            )
            # The same ARN, from the version: consumers then depend on the value, too.
            self.arn = version.secret_id
        self._key_arn = args.key_arn
        self.done(arn=self.arn)

    def injection(self, env: str, json_key: str | None = None) -> Injection:
        """The environment variable `env` with the whole secret, or with one key of its JSON."""
        value = pulumi.Output.concat(self.arn, f":{json_key}::") if json_key else self.arn
        return Injection(secrets={env: value}, execution_permissions=read_secret(self.arn, self._key_arn))
