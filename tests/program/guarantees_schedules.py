"""The guarantees of schedules that a rule of the policy pack watches."""

from __future__ import annotations

from typing import Any

from tests.program.guarantees import Row
from tests.program.mutations import both, document, drop, hide, put, untag

__all__ = ["ROWS"]

QUEUE, QUEUE_POLICY = "sqs/queue::schedules-failed", "sqs/queuePolicy::schedules-failed-policy"
ROLE, ROLE_POLICY = "iam/role::nightly-schedule-role", "iam/rolePolicy::nightly-schedule-role-policy"


def _anybody_sends(body: Any) -> None:
    body["Statement"] = [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]


def _anybody_assumes(body: Any) -> None:
    body["Statement"][0] |= {"Principal": "*", "Condition": {}}


def _passes_any_role(body: Any) -> None:
    (passing,) = [statement for statement in body["Statement"] if statement["Action"] == ["iam:PassRole"]]
    passing |= {"Resource": ["*"], "Condition": {}}


ROWS = (
    Row("sqs-encrypted", QUEUE, both(drop(QUEUE, "kmsMasterKeyId"), put(QUEUE, "sqsManagedSseEnabled", False))),
    Row("customer-managed-keys", QUEUE, drop(QUEUE, "kmsMasterKeyId")),
    Row("no-hidden-protection", QUEUE, hide(QUEUE, "kmsMasterKeyId")),
    Row("required-tags", QUEUE, untag(QUEUE)),
    Row("no-wildcard-principal", QUEUE_POLICY, document(QUEUE_POLICY, "policy", _anybody_sends), known=False),
    Row("iam-trust-narrow", ROLE, document(ROLE, "assumeRolePolicy", _anybody_assumes), known=False),
    Row("iam-sensitive-actions-scoped", ROLE_POLICY, document(ROLE_POLICY, "policy", _passes_any_role), known=False),
)
