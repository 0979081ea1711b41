"""Settings of the CloudFront distribution."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.edge.certificate import Certificate
from settings.edge.security_headers import SecurityHeaders
from settings.edge.web_acl import WebAcl
from settings.model import Fault, Model, refuse
from settings.path_patterns import meet
from settings.types import DistributionPath

__all__ = ["REGION", "CacheBehavior", "Distribution", "Target"]

REGION = "us-east-1"
"""Where CloudFront keeps what belongs to a distribution: certificate, web ACL, log delivery, metrics."""

Target = Literal["amplify", "load_balancer"]


class CacheBehavior(Model):
    """How the distribution treats the requests of one path."""

    cache: Literal["none", "optimized"] = "none"
    """`none` passes every request on unchanged, except its Host header. `optimized` is for public files: CloudFront
    caches responses for as long as their headers say, a day without such a header, and at least a second;
    and passes on neither cookies, query strings nor Authorization."""


class Distribution(Model):
    """A CloudFront distribution; nothing a month in itself, about 0.085 USD a GB and 1 USD a million requests after
    the first TB and ten million, which are free."""

    certificate: Certificate | None = None
    """A domain name of your own; by default the distribution is at d….cloudfront.net."""
    default: Target = "load_balancer"
    """Where requests go that match none of `paths`: the Amplify app, or the load balancer."""
    paths: Annotated[dict[DistributionPath, CacheBehavior], Field(max_length=24)] = {}
    """Paths that the load balancer answers, the narrowest first, such as `/api/*`."""
    origin: Literal["vpc", "public"] = "vpc"
    """How CloudFront reaches the load balancer: through a VPC origin, which nothing else can use, or over the
    internet, where only CloudFront's addresses with a secret header are admitted. Changing it replaces the load
    balancer, and every service whose traffic ECS shifts."""
    header_versions: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=2)] = (1,)
    """With `origin: public`: the secret headers that the load balancer takes; CloudFront sends the last. To rotate,
    write [1, 2], run `pulumi up`, then write [2] and run it again."""
    web_acl: WebAcl | None = None
    """A web application firewall at the edge; by default none."""
    price_class: Literal["100", "200", "all"] = "100"
    """Edge locations: North America and Europe; those and Asia, Africa and the Middle East; or all."""
    log_retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """Days that access logs are kept, about 0.023 USD a GB and month."""
    security_headers: SecurityHeaders = SecurityHeaders()
    """Headers of every response."""

    def reaches(self, path: str) -> bool:
        """Whether any request for a service's path pattern comes to the load balancer."""
        return self.default == "load_balancer" or any(meet(pattern, path) for pattern in self.paths)

    @property
    def uses_load_balancer(self) -> bool:
        """Whether any request goes to the load balancer."""
        return self.default == "load_balancer" or bool(self.paths)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = [
            Fault(
                f"paths.{pattern}",
                "takes every request, so nothing is left for `default`; remove it, and write default: load_balancer",
            )
            for pattern in self.paths
            if not pattern.strip("/*")
        ]
        if self.certificate is not None and self.certificate.domain is None:
            faults.append(
                Fault("certificate.domain", "is missing: CloudFront needs the domain names that it serves; add it")
            )
        if self.certificate is not None and self.certificate.arn is not None:
            region = self.certificate.arn.split(":")[3]
            if region != REGION:
                faults.append(
                    Fault(
                        "certificate.arn",
                        f"is of {region}, but CloudFront takes certificates of {REGION} only; name one of these",
                    )
                )
        if "header_versions" in self.model_fields_set and self.origin == "vpc":
            faults.append(Fault("header_versions", "has no effect with origin: vpc, which sends no header; remove it"))
        if len(set(self.header_versions)) < len(self.header_versions):
            faults.append(
                Fault(
                    "header_versions", "has a version twice; list each once", tuple(dict.fromkeys(self.header_versions))
                )
            )
        refuse(faults)
        return self
