"""Settings of the Application Load Balancer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from settings.edge.certificate import Certificate
from settings.model import Model
from settings.types import CidrBlock

__all__ = ["LoadBalancer"]


class LoadBalancer(Model):
    """The Application Load Balancer (about 18 USD a month) that serves every routed service."""

    scheme: Literal["internet-facing", "internal"] | None = None
    """By default internet-facing, and internal behind an HTTP API or a distribution (but for `origin: public`).
    Changing it replaces the load balancer, and every service whose traffic ECS shifts."""
    certificate: Certificate | None = None
    """With it the listener uses HTTPS and port 80 redirects; without it, HTTP (not in prod). Adding or removing it
    replaces every service whose traffic ECS shifts."""
    redirect_http: bool = True
    """With a certificate: whether port 80 answers with a redirect, or is not opened at all."""
    allow_cidrs: Annotated[tuple[CidrBlock, ...], Field(min_length=1)] | None = None
    """Networks that may call it, such as `[10.0.0.0/8]`. By default an internet-facing one admits everybody, and an
    internal one the stack's own VPC; behind an HTTP API or a distribution only that."""
    access_logs: bool | None = None
    """Access logs in an encrypted bucket. By default on, but off for an internal load balancer behind an HTTP API or a
    distribution, which log the same requests."""
    log_retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """Days that access logs are kept."""
