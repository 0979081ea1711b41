"""Settings of buckets."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from settings.data.bucket_notifications import BucketNotification, BucketNotificationOrName
from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.suggestions import https

__all__ = ["Bucket", "BucketAccess", "BucketCors", "Lifecycle", "bucket_variable"]

BucketAccess = Literal["read", "write", "read-write"]
_Days = Annotated[int, Field(ge=1, le=36500)]
# S3 moves nothing to Infrequent Access earlier, and bills each class for at least so many days.
_INFREQUENT_DAYS, _ARCHIVED_DAYS = 30, 90
_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
_ORIGIN = re.compile(rf"(https://(\*\.)?{_HOST}|http://(localhost|127\.0\.0\.1))(:\d{{1,5}})?")
_RequestHeader = Annotated[
    str,
    matches(
        r"[A-Za-z0-9-]*(\*[A-Za-z0-9-]*)?",
        "is not a header name; write one like content-type, with one * at most",
        in_schema=True,
    ),
]
_ResponseHeader = Annotated[str, matches(r"[A-Za-z0-9-]+", "is not a header name; write one like ETag", in_schema=True)]


def bucket_variable(name: str) -> str:
    """The environment variable that holds the name of the bucket called `name` in the settings."""
    return f"{name.upper().replace('-', '_')}_BUCKET"


def _origin(value: str) -> str:
    if not _ORIGIN.fullmatch(value):
        guess = https(value.lower()).removesuffix("/")
        if _ORIGIN.fullmatch(guess):
            raise ValueError(f"is not an origin; did you mean {guess}?")
        raise ValueError(
            "is not an origin; write one like https://app.example.com or https://*.example.com, in lower case, without "
            "a path or a slash at its end (http:// is for localhost)"
        )
    return value


class Lifecycle(Model):
    """When objects move or expire; days count from an object's last change."""

    ia_after_days: _Days | None = None
    """Days after which an object of 128 KB or more moves to Infrequent Access (0.0125 USD a GB and month, reading costs
    0.01 USD a GB), 30 at least; by default never."""
    archive_after_days: _Days | None = None
    """Days after which an object of 128 KB or more moves to the archive; by default never."""
    archive: Literal["instant", "flexible"] = "instant"
    """`instant` is read like any other object (0.004 USD a GB and month, reading costs 0.03 USD a GB); `flexible`
    (0.0036 USD) must be restored first, which takes hours."""
    expire_after_days: _Days | None = None
    """Days after which an object is deleted; by default never."""
    noncurrent_days: _Days = 90
    """Days for which a deleted or overwritten version can be brought back; it costs what it cost before."""
    abort_multipart_days: _Days = 7
    """Days after which an upload in parts that was not finished is removed."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse([*self._infrequent_faults(), *self._archive_faults()])
        return self

    def _infrequent_faults(self) -> list[Fault]:
        days, minimum = self.ia_after_days, _INFREQUENT_DAYS
        if days is None:
            return []
        faults = []
        if days < minimum:
            faults.append(
                Fault(
                    "ia_after_days",
                    f"is {days}, and S3 moves nothing to Infrequent Access earlier; write at least {minimum}",
                )
            )
        after, then = (
            ("archive_after_days", self.archive_after_days)
            if self.archive_after_days
            else ("expire_after_days", self.expire_after_days)
        )
        if then is not None and then < days + minimum:
            faults.append(
                Fault(
                    after,
                    f"is {then}, but ia_after_days is {days} and Infrequent Access keeps for {minimum} days; write at "
                    f"least {days + minimum}, or remove ia_after_days",
                )
            )
        return faults

    def _archive_faults(self) -> list[Fault]:
        if self.archive_after_days is None:
            unused = "archive" in self.model_fields_set
            return (
                [Fault("archive", "names an archive that nothing moves to; add archive_after_days")] if unused else []
            )
        minimum = self.archive_after_days + _ARCHIVED_DAYS
        if self.expire_after_days is None or self.expire_after_days >= minimum:
            return []
        return [
            Fault(
                "expire_after_days",
                f"is {self.expire_after_days}, but archive_after_days is {self.archive_after_days} and the archive is "
                f"billed for {_ARCHIVED_DAYS} days; write at least {minimum}, or remove archive_after_days",
            )
        ]


class BucketCors(Model):
    """Cross-origin requests that the bucket admits; each still needs a signature."""

    origins: Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], Field(min_length=1, max_length=100)]
    """Origins, such as https://app.example.com."""
    methods: Annotated[tuple[Literal["GET", "HEAD", "PUT", "POST", "DELETE"], ...], Field(min_length=1)] = (
        "GET",
        "PUT",
        "POST",
    )
    """Methods; OPTIONS is not needed."""
    headers: tuple[_RequestHeader, ...] = ("*",)
    """Request headers."""
    expose: tuple[_ResponseHeader, ...] = ("ETag",)
    """Response headers that scripts may read; uploads in parts need `ETag`."""
    max_age_s: Annotated[int, Field(ge=0, le=86400)] = 300
    """Seconds for which a browser caches the response."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | dict | BucketNotification) else value


class Bucket(Model):
    """An S3 bucket: private, encrypted with the data area's key, TLS only; about 0.023 USD a GB and month."""

    versioned: bool = True
    """Keep what is deleted or overwritten, for `lifecycle.noncurrent_days`."""
    lifecycle: Lifecycle = Lifecycle()
    """When objects move or expire."""
    cors: BucketCors | None = None
    """Requests of browsers from other origins, such as uploads with presigned URLs; by default none are admitted."""
    access_logs: bool = True
    """A log of every request, in a bucket for the logs of all buckets."""
    log_retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """Days that access logs are kept, about 0.023 USD a GB and month."""
    notifications: Annotated[
        tuple[BucketNotificationOrName, ...],
        BeforeValidator(
            _listed, json_schema_input_type=BucketNotificationOrName | tuple[BucketNotificationOrName, ...]
        ),
        Field(max_length=100),
    ] = ()
    """Queues that are notified of new or removed objects: one `{queue: …, events: …, prefix: …, suffix: …}`, or a
    list of them; a queue's name alone means `{queue: <name>}`."""
    backup_plan: bool = False
    """In the stack's backup plan (`data.backup`), whose recovery points outlive the bucket; about 0.05 USD a GB and
    month for every version, and 1 USD for a million changed objects."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [
            Fault(
                f"notifications[{j}]",
                f"and notifications[{i}] both match some objects, which S3 refuses; give them prefixes or suffixes "
                "of which none is part of the other, or let one queue have both",
            )
            for (i, one), (j, other) in combinations(enumerate(self.notifications), 2)
            if one.overlaps(other)
        ]
        if self.backup_plan and not self.versioned:
            faults.append(Fault("backup_plan", "needs versions, from which AWS Backup copies; remove versioned: false"))
        if self.backup_plan and self.lifecycle.archive == "flexible":
            faults.append(
                Fault(
                    "backup_plan",
                    "cannot copy what the flexible archive holds; remove it, or write lifecycle.archive: instant",
                )
            )
        if not self.access_logs and "log_retention_days" in self.model_fields_set:
            faults.append(Fault("log_retention_days", "has no effect with access_logs: false; remove it, or the other"))
        refuse(faults)
        return self
