"""IAM policy documents, built from typed statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pulumi

from components.json_text import json_text
from components.values import Permission

__all__ = ["Statement", "allow", "assume_role", "document"]

Conditions = Mapping[str, Mapping[str, pulumi.Input[str] | Sequence[pulumi.Input[str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of a policy document. `principals` maps `Service` or `AWS` to names; `*` means everyone."""

    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]] = ()
    principals: Mapping[str, Sequence[pulumi.Input[str]]] | Literal["*"] = field(default_factory=dict)
    conditions: Conditions = field(default_factory=dict)
    effect: Literal["Allow", "Deny"] = "Allow"
    sid: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The statement with IAM's own keys, without empty ones."""
        principals = self.principals if isinstance(self.principals, str) else _lists(self.principals)
        parts = {
            "Sid": self.sid,
            "Effect": self.effect,
            "Principal": principals,
            "Action": list(self.actions),
            "Resource": list(self.resources),
            "Condition": {test: dict(values) for test, values in self.conditions.items()},
        }
        return {key: value for key, value in parts.items() if value}


def document(statements: Iterable[Statement]) -> pulumi.Input[str]:
    """The policy document as JSON text: a string where all values are known, else an output."""
    body = {"Version": "2012-10-17", "Statement": [statement.to_dict() for statement in statements]}
    return json_text(body)


def allow(permissions: Iterable[Permission]) -> pulumi.Input[str]:
    """The document that grants `permissions`."""
    return document(Statement(actions=p.actions, resources=p.resources, conditions=p.conditions) for p in permissions)


def assume_role(service: str, conditions: Conditions | None = None) -> pulumi.Input[str]:
    """The trust policy that lets an AWS service assume a role."""
    return document(
        [Statement(actions=["sts:AssumeRole"], principals={"Service": [service]}, conditions=conditions or {})]
    )


def _lists(mapping: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    return {key: list(values) for key, values in mapping.items()}
