"""Permissions to use a key through one AWS service."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.iam import Conditions
from components.values import Permission

__all__ = ["kms_permission_via"]


def kms_permission_via(
    key_arn: pulumi.Input[str], service: str, actions: Sequence[str], *, conditions: Conditions | None = None
) -> Permission:
    """The permission for `actions` with exactly this key, through `service` only, and under further `conditions`."""
    via = pulumi.Output.from_input(key_arn).apply(lambda arn: f"{service}.{arn.split(':')[3]}.amazonaws.com")
    return Permission(
        actions=actions,
        resources=[key_arn],
        conditions={"StringEquals": {"kms:ViaService": via}, **(conditions or {})},
    )
