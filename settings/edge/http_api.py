"""Settings of the API Gateway HTTP API."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.edge.api_routes import ApiPath
from settings.ids import CertificateArn, HostedZoneId
from settings.model import Fault, Model, refuse
from settings.types import CertificateDomain, RetentionDays

__all__ = ["ApiRoute", "Cors", "CustomDomain", "HttpApi", "Throttle"]


class Cors(Model):
    """Cross-origin requests that the HTTP API admits."""

    origins: Annotated[tuple[str, ...], Field(min_length=1)]
    """Origins, such as https://app.example.com."""
    methods: tuple[str, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    """Methods."""
    headers: tuple[str, ...] = ("authorization", "content-type")
    """Request headers."""
    credentials: bool = False
    """Whether cookies may be sent; not with the origin `*`."""
    max_age_s: Annotated[int, Field(ge=0, le=86400)] = 300
    """Seconds for which a browser caches the response."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [
            Fault("origins", f"{origin!r} is not an origin; write one like https://app.example.com, or *")
            for origin in self.origins
            if origin != "*" and not origin.startswith(("http://", "https://"))
        ]
        if self.credentials and "*" in self.origins:
            faults.append(Fault("credentials", "cannot be true with the origin *; write false, or name the origins"))
        refuse(faults)
        return self


class Throttle(Model):
    """Limits of the HTTP API."""

    rate: Annotated[int, Field(ge=1, le=10000)] = 100
    """Requests a second, on average."""
    burst: Annotated[int, Field(ge=1, le=5000)] = 200
    """Requests at once."""


class ApiRoute(Model):
    """A route of the HTTP API, with its own metrics and limits."""

    throttle: Throttle | None = None
    """Limits of this route, instead of the API's."""


class CustomDomain(Model):
    """A domain name for the HTTP API."""

    name: CertificateDomain
    """The name, such as api.example.com. Changing it replaces the API's domain."""
    zone: HostedZoneId
    """The Route 53 zone in which its record is made, and its certificate validated."""
    certificate_arn: CertificateArn | None = None
    """An issued certificate of the stack's region; by default one is made."""


class HttpApi(Model):
    """An API Gateway HTTP API in front of an internal load balancer; requests are cut after 30 s."""

    cors: Cors | None = None
    """Cross-origin requests; by default none are admitted."""
    throttle: Throttle = Throttle()
    """Request limits."""
    routes: dict[ApiPath, ApiRoute] = {}
    """Routes by `/path`, `/path/*` or `POST /path`, besides those of the services' paths; each has its own metrics,
    and its own limits if it sets them. All lead to the load balancer."""
    domain: CustomDomain | None = None
    """A domain name of your own."""
    log_retention_days: RetentionDays = 30
    """Days that access logs are kept."""
    direct: bool = False
    """Adds a second load balancer, internet-facing on port 80: unencrypted, for tests only."""

    @property
    def counts_throttled(self) -> bool:
        """Whether throttled requests are counted: where the stack file sets limits, or names routes."""
        return "throttle" in self.model_fields_set or bool(self.routes)
