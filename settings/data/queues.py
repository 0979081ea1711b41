"""Settings of SQS queues."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.model import Fault, Model, refuse

__all__ = ["DEAD_LETTER_DAYS", "Queue", "url_variable"]

DEAD_LETTER_DAYS = 14
"""Days that dead letters are kept, the most that SQS offers."""


class Queue(Model):
    """An SQS queue with its dead-letter queue, both encrypted and reached over TLS only; the first million requests of
    a month are free, each further million costs about 0.40 USD (fifo: 0.50)."""

    visibility_timeout_s: Annotated[int, Field(ge=1, le=43200)] = 120
    """Seconds that a message stays hidden once a worker has received it; one that is not deleted by then is delivered
    again. At least as long as its workers' `request_timeout_s`."""
    retention_days: Annotated[int, Field(ge=1, le=14)] = 4
    """Days that a message waits for a worker; then it is lost."""
    max_receives: Annotated[int, Field(ge=1, le=1000)] = 5
    """Deliveries after which a message goes to the dead-letter queue, where it is kept for 14 days."""
    delay_s: Annotated[int, Field(ge=0, le=900)] = 0
    """Seconds for which a new message is held back."""
    max_message_kb: Annotated[int, Field(ge=1, le=1024)] = 256
    """Largest message in KiB; each 64 KiB of it count as one request."""
    fifo: bool = False
    """Deliver messages of one group in order, each once; at most 300 calls a second. Changing it replaces the queue,
    and messages in the old one are lost."""
    content_deduplication: bool = False
    """With `fifo`: two messages of the same content within five minutes are one. Otherwise senders give each message a
    MessageDeduplicationId."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults: list[Fault] = []
        if not self.fifo and self.retention_days >= DEAD_LETTER_DAYS:
            faults.append(
                Fault(
                    "retention_days",
                    f"is {self.retention_days}, and dead letters are kept for {DEAD_LETTER_DAYS} days from when they "
                    f"were first sent, so a late one would be lost at once; write at most {DEAD_LETTER_DAYS - 1}",
                )
            )
        if self.content_deduplication and not self.fifo:
            faults.append(
                Fault("content_deduplication", "is for fifo queues, and this is none; set fifo: true, or remove it")
            )
        refuse(faults)
        return self


def url_variable(queue: str) -> str:
    """The environment variable that holds a queue's URL: `JOBS_QUEUE_URL` for the queue `jobs`."""
    return f"{queue.replace('-', '_').upper()}_QUEUE_URL"
