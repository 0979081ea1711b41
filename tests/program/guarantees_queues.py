"""The guarantees of queues that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import Row, statement
from tests.program.mutations import both, drop, hide, put, untag

__all__ = ["ROWS"]

QUEUE, DEAD, POLICY = "sqs/queue::jobs", "sqs/queue::jobs-dead-letter-queue", "sqs/queuePolicy::jobs-policy"


ROWS = (
    *(
        row
        for where in (QUEUE, DEAD)
        for row in (
            Row("sqs-encrypted", where, both(drop(where, "kmsMasterKeyId"), put(where, "sqsManagedSseEnabled", False))),
            Row("customer-managed-keys", where, drop(where, "kmsMasterKeyId")),
            Row("required-tags", where, untag(where)),
            Row("no-hidden-protection", where, hide(where, "kmsMasterKeyId")),
        )
    ),
    Row("no-wildcard-principal", POLICY, statement(POLICY, Effect="Allow", Condition=None), known=False),
)
