"""Permissions to read a secret or a parameter."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.data.key_access import kms_permission_via
from components.values import Permission

__all__ = ["read_parameter", "read_secret"]


def read_secret(secret_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to read exactly this secret, and to decrypt it with exactly this key by Secrets Manager only."""
    read = Permission(actions=["secretsmanager:GetSecretValue"], resources=[secret_arn])
    return (read, kms_permission_via(key_arn, "secretsmanager", ["kms:Decrypt"]))


def read_parameter(parameter_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to read exactly this parameter, and to decrypt it with exactly this key by SSM only."""
    return (
        Permission(actions=["ssm:GetParameters"], resources=[parameter_arn]),
        kms_permission_via(key_arn, "ssm", ["kms:Decrypt"]),
    )
