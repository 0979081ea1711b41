"""Settings of a bucket's event notifications."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from settings.model import Fault, Model, refuse
from settings.types import Name

__all__ = ["BucketNotification", "BucketNotificationOrName"]


def _literal(value: str) -> str:
    if re.search(r"[\s*]", value):
        raise ValueError("contains a space or a *, but S3 has no wildcards here; write the plain text")
    return value


_KeyPart = Annotated[str, StringConstraints(max_length=1024), AfterValidator(_literal)]


class BucketNotification(Model):
    """Messages about objects, to a queue."""

    queue: Name
    """Name of a queue of `data.queues`; fifo queues take no messages from S3."""
    events: Annotated[tuple[Literal["created", "removed"], ...], Field(min_length=1)] = ("created",)
    """Which events: `created` covers copies and finished uploads in parts, `removed` every deletion by a request."""
    prefix: _KeyPart = ""
    """How the keys of these objects begin, such as `uploads/`; by default all."""
    suffix: _KeyPart = ""
    """How they end, such as `.pdf`; by default all."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.prefix.startswith("/"):
            refuse([Fault("prefix", f"is {self.prefix!r}, but keys begin without a slash; remove it")])
        return self

    def overlaps(self, other: BucketNotification) -> bool:
        """Whether one event could match both."""
        prefixes = self.prefix.startswith(other.prefix) or other.prefix.startswith(self.prefix)
        suffixes = self.suffix.endswith(other.suffix) or other.suffix.endswith(self.suffix)
        return bool(set(self.events) & set(other.events)) and prefixes and suffixes


def _written_out(value: object) -> object:
    return {"queue": value} if isinstance(value, str) else value


BucketNotificationOrName = Annotated[
    BucketNotification, BeforeValidator(_written_out, json_schema_input_type=Name | BucketNotification)
]
