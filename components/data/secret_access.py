"""What it takes to read a Secrets Manager secret."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.values import Permission

__all__ = ["read_secret"]


def read_secret(secret_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to read exactly this secret, and to decrypt it with exactly this key by Secrets Manager only."""
    via = pulumi.Output.from_input(key_arn).apply(lambda arn: f"secretsmanager.{arn.split(':')[3]}.amazonaws.com")
    return (
        Permission(actions=["secretsmanager:GetSecretValue"], resources=[secret_arn]),
        Permission(
            actions=["kms:Decrypt"],
            resources=[key_arn],
            conditions={"StringEquals": {"kms:ViaService": via}},
        ),
    )
