"""Settings of the headers that a distribution adds to every answer."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse

__all__ = ["SecurityHeaders"]

# The list of names that browsers ship takes nothing shorter.
_PRELOAD_DAYS = 365


HeaderValue = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4096),
    matches(r"[\x20-\x7e]+", "must be one line of printable ASCII characters", in_schema=True),
]


class SecurityHeaders(Model):
    """Security headers; `X-Content-Type-Options: nosniff` is always among them.

    A header that a service or the frontend sends itself wins, except HSTS and nosniff.
    """

    hsts_days: Annotated[int, Field(ge=0, le=3650)] = 365
    """Days for which a browser uses HTTPS only for the name; 0 sends no such header."""
    hsts_subdomains: bool = False
    """Whether that holds for all names below it, too, also those that this stack does not serve."""
    hsts_preload: bool = False
    """Ask browsers to ship the name as HTTPS only; hard to take back. It needs hsts_subdomains and 365 days."""
    frame: Literal["deny", "same-origin", "any"] = "deny"
    """Which pages may show this one in a frame."""
    referrer_policy: Literal[
        "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "origin"
    ] = "strict-origin-when-cross-origin"
    """How much of the page's address a browser sends to other sites."""
    content_security_policy: HeaderValue | None = None
    """The Content-Security-Policy, such as `default-src 'self'`; by default none, since it depends on the pages."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.hsts_preload and (not self.hsts_subdomains or self.hsts_days < _PRELOAD_DAYS):
            refuse(
                [
                    Fault(
                        "hsts_preload",
                        f"needs hsts_subdomains: true and hsts_days of {_PRELOAD_DAYS} or more; remove it, or set both",
                    )
                ]
            )
        return self
