"""What it takes to read a secret."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.values import Permission

__all__ = ["read_parameter", "read_secret"]


def read_secret(secret_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to read exactly this secret, and to decrypt it with exactly this key by Secrets Manager only."""
    read = Permission(actions=["secretsmanager:GetSecretValue"], resources=[secret_arn])
    return (read, _decrypt(key_arn, "secretsmanager"))


def read_parameter(parameter_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to read exactly this parameter, and to decrypt it with exactly this key by SSM only."""
    return (Permission(actions=["ssm:GetParameters"], resources=[parameter_arn]), _decrypt(key_arn, "ssm"))


def _decrypt(key_arn: pulumi.Input[str], service: str) -> Permission:
    via = pulumi.Output.from_input(key_arn).apply(lambda arn: f"{service}.{arn.split(':')[3]}.amazonaws.com")
    return Permission(
        actions=["kms:Decrypt"], resources=[key_arn], conditions={"StringEquals": {"kms:ViaService": via}}
    )
